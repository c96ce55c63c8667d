//! `motcua keys`, as the person at the terminal meets it.

use super::Desk;
use crate::support::database::TestDatabase;
use entities::clock::Clock;
use entities::keys::ring;
use entities::sealing::Sealer;
use entities::tables::chronicle;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

const OLD: &str = "khóa chính đầu tiên, chỉ dùng trong thử nghiệm";
const NEW: &str = "khóa chính thứ hai, chỉ dùng trong thử nghiệm";

#[tokio::test]
async fn a_person_turns_the_master_and_the_data_keys_from_the_terminal() {
    let (database, clock) = (TestDatabase::fresh().await, Clock::system());
    let masters = crate::support::keys::masters;
    let first = Sealer::unlock(&database, masters(&[OLD]), clock.now()).await.unwrap();
    let sealed = first.seal("here", "Nguyễn Thị Mẫu").unwrap();
    let wrong = Desk::new(&database.url(), &format!("[sealing]\nmaster = \"{NEW}\"\n"));
    let desk = Desk::new(&database.url(), &format!("[sealing]\nmaster = \"{NEW}\"\nformer = [\"{OLD}\"]\n"));

    let (done, said) = wrong.run(&["keys", "rotate"]);
    assert!(!done && said.contains("former"), "{said}");
    let (done, said) = desk.run(&["keys", "rotate", "--data"]);
    assert!(
        done && said.contains("3 data keys wrapped again") && said.contains("2 data keys made"),
        "{said}"
    );
    let (listed, said) = wrong.run(&["keys", "list"]);

    assert!(listed && said.lines().count() == 5 && said.matches("waits").count() == 2, "{said}");
    assert!(!said.contains("khóa"), "{said}");
    let noted = chronicle::Entity::find().filter(chronicle::Column::What.eq("motcua keys rotate --data"));
    let noted = noted.one(database.reader()).await.unwrap().unwrap();
    assert!(noted.kind == "administration" && noted.subject.starts_with("terminal|"), "{noted:?}");
    let rows = ring::rows(database.reader()).await.unwrap();
    assert!(rows.iter().all(|row| !said.contains(&row.wrapped)), "a key is never shown, not even wrapped");
    let now = Sealer::unlock(&database, masters(&[NEW]), clock.now()).await.unwrap();
    assert_eq!(now.open("here", &sealed).unwrap(), "Nguyễn Thị Mẫu");
}

#[tokio::test]
async fn the_master_may_come_from_a_file() {
    let database = TestDatabase::fresh().await;
    let desk = Desk::new(&database.url(), "");
    let file = desk.file("sealing", &format!("{OLD}\n"));
    let desk = Desk::new(&database.url(), &format!("[sealing]\nfile = \"{file}\"\n"));
    let sealer =
        Sealer::unlock(&database, crate::support::keys::masters(&[OLD]), Clock::system().now()).await;
    sealer.unwrap();

    let (done, said) = desk.run(&["keys", "rotate"]);
    assert!(done && said.contains("0 data keys wrapped again"), "{said}");
    let (_, said) = desk.run(&["doctor"]);

    assert!(said.contains("3 data keys open with it"), "{said}");
}

#[tokio::test]
async fn the_master_may_come_from_the_program_of_a_key_store() {
    let database = TestDatabase::fresh().await;
    let desk = Desk::new(&database.url(), "");
    let kept = desk.file("kept", &format!("{OLD}\n"));
    let desk = Desk::new(&database.url(), &format!("[sealing]\nprogram = [\"cat\", \"{kept}\"]\n"));
    let away = Desk::new(&database.url(), "[sealing]\nprogram = [\"cat\", \"/nowhere/at/all\"]\n");
    let masters = crate::support::keys::masters(&[OLD]);
    Sealer::unlock(&database, masters, Clock::system().now()).await.unwrap();

    let (done, said) = desk.run(&["keys", "rotate"]);
    assert!(done && said.contains("0 data keys wrapped again"), "{said}");
    let (done, said) = away.run(&["keys", "rotate"]);

    assert!(!done && said.contains("cat ended with"), "{said}");
}

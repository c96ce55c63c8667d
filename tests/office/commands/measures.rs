//! A worker's own small door, and what the tools say of parties that are missing, doubled or not to be found.

use super::Desk;
use crate::processes::binary::program;
use crate::support::database::TestDatabase;
use entities::clock::Clock;
use entities::connectors::{NewState, Told, calls, states};
use entities::jobs::{NewJob, insert};
use rules::actor::Actor;
use rules::jobs::Job;
use rules::parties::PartyState;
use sea_orm::ConnectionTrait;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(60);

/// An office with one mailer, one carrier and one portal, none of which is asked for anything.
fn settled(more: &str) -> String {
    let secret = "một bí mật đủ dài chỉ dùng trong thử nghiệm";
    format!(
        r#"
        sealing = {{ master = "{secret}" }}
        office = {{ link_secret = "{secret}" }}
        worker = {{ schedule = false }}
        log = {{ filter = "warn" }}
        [connectors.folder]
        folder = "LETTERS"
        from = "Một cửa <motcua@tinh.example>"
        [connectors.vnpost_hcc]
        url = "http://127.0.0.1:9"
        token_url = "http://127.0.0.1:9/token"
        key = "k"
        secret = "s"
        customer_code = "H99"
        provinces = {{ "06" = 26 }}
        [connectors.dvcqg]
        url = "http://127.0.0.1:9"
        username = "u"
        password = "p"
        dstcode = "VN:GOV:000.00.00.G22:vpcpdvcprovider"
        agency_code = "000.00.00.H99"
        {more}
        "#
    )
}

/// `Desk` writes its own sections first, and top-level keys must come before any section.
fn desk(url: &str, settings: &str) -> Desk {
    let desk = Desk::new(url, "");
    let sections = std::fs::read_to_string(desk.0.join("motcua.toml")).unwrap();
    let letters = desk.0.join("letters");
    let settings = settings.replace("LETTERS", letters.to_str().unwrap());
    let (keys, more) = settings.split_once("[connectors.").unwrap();
    desk.file("motcua.toml", &format!("{keys}\n{sections}\n[connectors.{more}"));
    desk
}

#[tokio::test]
async fn a_worker_shows_how_it_is_where_it_is_told_to_and_the_door_closes_with_it() {
    let database = TestDatabase::fresh().await;
    let desk = desk(&database.url(), &settled("[measures]\nlisten = \"127.0.0.1:0\""));
    let mut command = Command::new(program());
    command.arg("--config").arg(desk.0.join("motcua.toml")).arg("worker").kill_on_drop(true);
    let mut worker = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(worker.stdout.take().unwrap()).lines();
    let first = timeout(PATIENCE, said.next_line()).await.unwrap().unwrap().unwrap();
    let (_, url) = first.split_once(" are at ").unwrap();

    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for path in ["/livez", "/readyz", "/metrics"] {
        let answer = client.get(format!("{url}{path}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }
    let id = worker.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());

    assert!(timeout(PATIENCE, worker.wait()).await.unwrap().unwrap().success());
    assert!(client.get(format!("{url}/livez")).send().await.is_err());
}

#[tokio::test]
async fn two_mailers_are_refused_by_the_worker_and_by_the_doctor() {
    let database = TestDatabase::seeded().await;
    let smtp = "[connectors.smtp]\nhost = \"127.0.0.1\"\nport = 9\ntls = \"none\"\nfrom = \"a@tinh.example\"";
    let desk = desk(&database.url(), &settled(smtp));

    for command in ["worker", "doctor"] {
        let (done, said) = desk.run(&[command]);
        assert!(!done && said.contains("one mailer, but smtp and folder are set up"), "{command}: {said}");
    }
}

#[tokio::test]
async fn the_doctor_tells_a_name_that_is_not_found_from_a_party_that_refuses() {
    let database = TestDatabase::seeded().await;
    // A label this long cannot be asked for, so no name server is.
    let nowhere = format!("http://{}.example/api", "x".repeat(64));
    let settings = settled("").replacen("url = \"http://127.0.0.1:9\"", &format!("url = \"{nowhere}\""), 1);
    let desk = desk(&database.url(), &settings);

    let (well, said) = desk.run(&["doctor"]);

    assert!(!well);
    let line = |key: &str| said.lines().find(|line| line.contains(&format!("connector {key}:"))).unwrap();
    assert!(line("vnpost_hcc").contains("is not found"), "{said}");
    assert!(line("dvcqg").contains("refuses"), "{said}");
}

#[tokio::test]
async fn a_worker_starts_without_any_party_and_the_doctor_says_which_work_waits() {
    let database = TestDatabase::seeded().await;
    let secret = "một bí mật đủ dài chỉ dùng trong thử nghiệm";
    let desk = Desk::new(&database.url(), &format!("[sealing]\nmaster = \"{secret}\"\n"));
    let mut command = Command::new(program());
    command.arg("--config").arg(desk.0.join("motcua.toml")).arg("worker").kill_on_drop(true);
    let mut worker = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(worker.stdout.take().unwrap()).lines();
    let first = timeout(PATIENCE, said.next_line()).await.unwrap().unwrap().unwrap();

    let (_, said) = desk.run(&["doctor"]);

    assert!(first.contains("runs jobs"), "{first}");
    assert!(said.contains("worker: work for the mailer and the portal waits until it is set up"), "{said}");
}

#[tokio::test]
async fn the_doctor_tells_of_a_party_that_is_off_since_when_it_answered_and_what_to_do() {
    let database = TestDatabase::seeded().await;
    let desk = desk(&database.url(), &settled(""));
    let at = Clock::system().now();
    let told = NewState { state: PartyState::Off, reason: "Bảo trì".into() };
    let tx = database.begin().await.unwrap();
    states::change(&tx, "dvcqg", &told, None, (&Actor::office(), at)).await.unwrap();
    calls::tell(&tx, "dvcqg", &Told { answered_at: Some(at), ..Told::default() }, at).await.unwrap();
    tx.execute(&insert(vec![NewJob::new(Job::SweepPayments {}, at)], at).unwrap().unwrap()).await.unwrap();
    tx.execute_unprepared("UPDATE jobs SET awaited_party = 'dvcqg'").await.unwrap();
    tx.commit().await.unwrap();

    let (_, said) = desk.run(&["doctor"]);

    let line = said.lines().find(|line| line.contains("connector dvcqg:")).unwrap();
    for words in ["; off; ", "last answered at", "1 jobs wait for it", "PUT /v1/admin/connectors/dvcqg/state"]
    {
        assert!(line.contains(words), "{words} is not in {line}");
    }
}

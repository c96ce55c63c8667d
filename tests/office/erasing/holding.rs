//! What keeps a dossier beyond its term.

use super::{LONG, ended, erased, in_vain, night, refused, settled};
use crate::commands::Desk;
use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::keys::MASTER;
use chrono::TimeDelta;
use entities::erasing::holds;
use entities::tables::{chronicle, erasures};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;
use workers::Outcome;

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_is_kept_while_something_holds_it_and_goes_when_nothing_does() {
    let commune = Commune::open().await;
    let dossier = refused(&commune).await;
    let id: Uuid = text(&dossier, "id").parse().unwrap();
    let other = commune.submit(MAU, commune.copies(), |_| {}).await;
    settled(&commune).await;
    let order = async |sql: String| {
        assert!(
            commune.database.writer().execute_unprepared(&sql).await.unwrap().rows_affected() > 0,
            "{sql}"
        );
    };
    let (code, others) = (text(&dossier, "code").to_owned(), text(&other, "code").to_owned());
    let child = |to: &str| format!("UPDATE dossiers SET parent_id = {to} WHERE code = '{others}'");
    let mother = format!("(SELECT m.id FROM (SELECT id FROM dossiers WHERE code = '{code}') m)");

    night(&commune).await;
    assert_eq!(erased(&commune).await, [], "its term is not over");
    commune.pass(TimeDelta::days(365));
    night(&commune).await;
    assert_eq!(erased(&commune).await, [], "two years, not one");
    commune.pass(LONG);

    holds::place(commune.database.writer(), id, "CV 12/TA ngày 01/03/2028", commune.clock.now())
        .await
        .unwrap();
    night(&commune).await;
    assert_eq!(erased(&commune).await, [], "a court asked for it");
    assert_eq!(holds::lift(commune.database.writer(), id, commune.clock.now()).await.unwrap(), 1);

    order("UPDATE jobs SET state = 'ready'".into()).await;
    night(&commune).await;
    assert_eq!(erased(&commune).await, [], "something is still to be done for it");
    settled(&commune).await;

    order(child(&mother)).await;
    night(&commune).await;
    assert_eq!(erased(&commune).await, [], "a child is open");
    order(child("NULL")).await;

    night(&commune).await;
    assert_eq!(erased(&commune).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_whose_procedure_names_no_term_is_kept_for_ever() {
    for no_term in ["\"cutoff_hour\":15", "\"retention_years\":0"] {
        let commune = Commune::open().await;
        let sql = format!(
            "UPDATE procedure_revisions SET content = replace(content, '\"retention_years\":2', '{no_term}') \
             WHERE content LIKE '%\"retention_years\":2%'"
        );
        let changed = commune.database.writer().execute_unprepared(&sql).await.unwrap().rows_affected();
        assert!(changed > 0);
        refused(&commune).await;
        commune.pass(LONG);

        night(&commune).await;

        assert_eq!(erased(&commune).await, [], "{no_term}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_that_cannot_be_erased_keeps_no_other_and_is_told() {
    let commune = Commune::open().await;
    let (damaged, other) = (refused(&commune).await, refused(&commune).await);
    let id: Uuid = text(&damaged, "id").parse().unwrap();
    let in_the_way = erasures::Model {
        dossier_id: id,
        years: 0,
        cells: 0,
        files: 0,
        places: "[]".into(),
        erased_at: commune.clock.now(),
        bytes_gone_at: Some(commune.clock.now()),
    };
    let row = in_the_way.into_active_model();
    erasures::Entity::insert(row).exec_without_returning(commune.database.writer()).await.unwrap();
    commune.pass(LONG);

    let ended = ended(&commune).await;

    assert!(matches!(ended, Outcome::Retry { .. }), "{ended:?}");
    assert_eq!(in_vain(&commune, DESK, &format!("/v1/dossiers/{}", text(&other, "id"))).await.0, 410);
    let path = format!("/v1/dossiers/{id}");
    commune.read(DESK, &path).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_a_dossier_at_the_terminal_stands_in_its_chronicle_with_the_reason() {
    let commune = Commune::open().await;
    let dossier = refused(&commune).await;
    let code = text(&dossier, "code");
    let desk = Desk::new(&commune.database.url(), &format!("[sealing]\nmaster = \"{MASTER}\"\n"));
    commune.pass(LONG);

    let (placed, said) = desk.run(&["hold", code, "--reason", "CV 12/TA"]);
    assert!(placed && said.contains("is kept until"), "{said}");
    night(&commune).await;
    assert_eq!(erased(&commune).await, []);
    let (lifted, said) = desk.run(&["hold", code, "--lift"]);
    assert!(lifted && said.contains("1 holds"), "{said}");

    let noted = chronicle::Entity::find().filter(chronicle::Column::What.starts_with("motcua hold"));
    let noted = noted.order_by_asc(chronicle::Column::Id).all(commune.database.reader()).await.unwrap();
    assert_eq!(
        noted.iter().map(|entry| entry.what.as_str()).collect::<Vec<_>>(),
        ["motcua hold", "motcua hold --lift"]
    );
    for entry in &noted {
        assert_eq!(
            (entry.dossier_id.unwrap().to_string().as_str(), entry.kind.as_str()),
            (text(&dossier, "id"), "administration")
        );
    }
    assert!(noted[0].purpose_sealed.is_some() && noted[1].purpose_sealed.is_none());
    night(&commune).await;
    assert_eq!(erased(&commune).await.len(), 1);
}

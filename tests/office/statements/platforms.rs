//! The list of a platform: compared by the office, and what only the platform has is asked about.

use crate::payments::tally::{asked, confirm, opened, tell};
use crate::support::commune::{Commune, INSPECTOR, MONEY, text};
use chrono::{NaiveDate, TimeDelta};
use entities::dossiers::Door;
use entities::jobs;
use entities::payments::expire;
use entities::statements::comparing::Source;
use rules::actor::Actor;
use rules::fees::statements::Movement;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json as body};

fn moved(payment: &Value, number: &str, amount: i64) -> Movement {
    Movement { reference: text(payment, "reference").into(), transaction: number.into(), amount }
}

/// Compares and gives the kinds of the differences.
async fn compared(commune: &Commune, day: &str, theirs: &[Movement]) -> Vec<String> {
    let day: NaiveDate = day.parse().unwrap();
    let tx = commune.office.db.begin().await.unwrap();
    let by = Actor::office();
    let (catalogue, sealer, at) = (&commune.office.catalogue, &commune.office.sealer, commune.clock.now());
    let door = Door { tx: &tx, catalogue, sealer, by: &by, at, trace: None };
    let source = Source::Platform("national_platform".into());
    let statement = door.compare_statement(&source, day, theirs).await.unwrap();
    tx.commit().await.unwrap();
    let path = format!("/v1/statements/{}/differences", statement.id);
    let told = commune.read(INSPECTOR, &path).await;
    told.as_array().unwrap().iter().map(|row| text(row, "kind").to_owned()).collect()
}

async fn questions(commune: &Commune) -> u64 {
    let asked = jobs::row::Entity::find().filter(jobs::row::Column::Kind.eq("query_payment"));
    asked.count(commune.database.reader()).await.unwrap()
}

#[tokio::test]
async fn f_03_a_platform_and_we_agree_to_the_row() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;

    let told = compared(&commune, "2026-03-10", &[moved(&payment, "GD000001", 12_000)]).await;

    assert!(told.is_empty(), "{told:?}");
    let list = commune.read(MONEY, "/v1/statements?day=2026-03-10").await;
    assert_eq!(
        (&list["items"][0]["ours_sum"], &list["items"][0]["theirs_sum"]),
        (&body!(12_000), &body!(12_000))
    );
}

#[tokio::test]
async fn f_03_money_near_midnight_is_not_missing_on_either_day() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    commune.pass(TimeDelta::hours(15));
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;

    let theirs = compared(&commune, "2026-03-10", &[moved(&payment, "GD000001", 12_000)]).await;
    let ours = compared(&commune, "2026-03-11", &[]).await;

    assert!(theirs.is_empty() && ours.is_empty(), "{theirs:?} {ours:?}");
}

#[tokio::test]
async fn f_03_money_that_only_the_platform_has_is_asked_about_when_it_is_an_attempt_of_ours() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    commune.pass(TimeDelta::hours(25));
    expire(commune.database.writer(), commune.clock.now()).await.unwrap();
    let stranger = Movement { reference: "NOBODYS".into(), transaction: "GD2".into(), amount: 1 };

    let told = compared(&commune, "2026-03-10", &[moved(&payment, "GD1", 12_000), stranger]).await;

    assert_eq!(told, ["only_theirs", "only_theirs"]);
    assert_eq!(questions(&commune).await, 1);
    let open = commune.read(MONEY, "/v1/statement-differences").await;
    assert_eq!(open["items"][0]["payment"], payment["id"]);
    assert_eq!(
        open["items"].as_array().unwrap().len(),
        1,
        "whose it is nobody knows, so those see it who see them all"
    );
}

//! Office hours, the Saturday desk and the cut-off hour, as the unit or the procedure says (W-10, W-12).

use super::desk::{deadline, march};
use crate::support::commune::{CASE, Commune, DESK, MAU, text, time};
use chrono::{DateTime, TimeDelta, Utc};
use entities::seeding::{Seeds, importing, reading};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The commune's own line of the catalogue, said again with something more; noticed at once.
async fn change_unit(commune: &Commune, hours: &str) {
    let unit = format!(
        r#"units:
  - code: "H55.101"
    old_code: "000.01.40.H55"
    name: "Ủy ban nhân dân phường Đức Xuân"
    tier: commune
    parent: "H55"
    place_code: "01840"
    valid_from: "2021-01-01"
    contact: "Bộ phận Một cửa, Ủy ban nhân dân phường Đức Xuân"
{hours}"#
    );
    let known = BTreeSet::from(["H55".to_owned()]);
    let seeds = reading::read_all(&[("unit.yaml", unit.as_str())], &known).unwrap();
    let tx = commune.database.begin().await.unwrap();
    let report = importing::import(&tx, &seeds).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(report.units_changed, 1);
    commune.office.catalogue.forget();
}

const USUAL: &str = "    office_hours: [\"07:30-11:30\", \"13:30-17:00\"]\n";

/// Ten working days from a reception at a moment.
async fn received_at(commune: &Commune, moment: DateTime<Utc>) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.pass(moment - commune.clock.now());
    commune.done(DESK, &dossier, "acceptance", json!({})).await
}

fn first_rule(deadline: &Value) -> &str {
    text(&deadline["derivation"][0], "rule")
}

#[tokio::test]
async fn w_10_a_unit_may_have_a_cut_off_hour() {
    let commune = Commune::open().await;
    let before = received_at(&commune, march(10, 16, 0)).await;
    change_unit(&commune, &format!("{USUAL}    cutoff_hour: 15\n")).await;

    let in_time = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let too_late = received_at(&commune, march(10, 16, 30)).await;
    commune.pass(march(11, 14, 59) - commune.clock.now());
    let in_time = commune.done(DESK, &in_time, "acceptance", json!({})).await;

    assert_eq!(time(&before, "due_at"), march(24, 17, 0), "received before the hour was set");
    assert_eq!(first_rule(&deadline(&commune, &before).await), "working_days", "and it keeps its terms");
    assert_eq!(time(&too_late, "due_at"), march(25, 17, 0));
    assert_eq!(first_rule(&deadline(&commune, &too_late).await), "cut_off");
    assert_eq!(time(&in_time, "due_at"), march(25, 17, 0));
}

#[tokio::test]
async fn w_10_the_quote_and_the_receipt_know_the_same_cut_off_hour() {
    let commune = Commune::open().await;
    change_unit(&commune, &format!("{USUAL}    cutoff_hour: 10\n")).await;
    let unit = format!("/v1/procedures/9.000002/quote?channel=online&unit={}", commune.unit);
    let quoted = |moment: &str| format!("{unit}&at=2026-03-10T{moment}Z");

    let late = commune.read(MAU, &quoted("03:30:00")).await;
    let early = commune.read(MAU, &quoted("03:00:00")).await;

    assert_eq!(time(&early["deadline"], "due_at"), march(24, 17, 0), "at ten sharp it is in time");
    assert_eq!(time(&late["deadline"], "due_at"), march(25, 17, 0));
    let received = received_at(&commune, march(10, 10, 30)).await;
    assert_eq!(received["due_at"], late["deadline"]["due_at"]);
}

#[tokio::test]
async fn w_10_the_cut_off_hour_of_a_procedure_comes_before_that_of_the_unit() {
    let commune = Commune::open().await;
    change_unit(&commune, &format!("{USUAL}    cutoff_hour: 10\n")).await;
    let trials = include_str!("../support/trials.yaml");
    let pauses = "supplement: { clock: pause, max_rounds: 1, legal_basis: \"Văn bản thử Đ1\" }";
    assert!(trials.contains(pauses));
    let later = trials.replacen(pauses, &format!("{pauses}\n      cutoff_hour: 16"), 1);
    let seeds = reading::read_all(&[("trials.yaml", later.as_str())], &BTreeSet::new()).unwrap();
    let only = Seeds { procedures: seeds.procedures, ..Seeds::default() };
    let tx = commune.database.begin().await.unwrap();
    importing::import(&tx, &only).await.unwrap();
    tx.commit().await.unwrap();
    commune.office.catalogue.forget();

    let in_time = received_at(&commune, march(10, 15, 59)).await;
    let too_late = received_at(&commune, march(10, 16, 1)).await;

    assert_eq!((time(&in_time, "due_at"), time(&too_late, "due_at")), (march(24, 17, 0), march(25, 17, 0)));
}

#[tokio::test]
async fn w_12_a_saturday_desk_receives_on_a_day_that_does_not_count() {
    let commune = Commune::open().await;
    change_unit(&commune, &format!("{USUAL}    saturday_desk: [\"07:30-11:30\"]\n")).await;

    let received = received_at(&commune, march(14, 9, 0)).await;

    // Monday the 16th is the first day, so Friday the 27th is the tenth.
    assert_eq!(time(&received, "received_at"), march(14, 9, 0));
    assert_eq!(time(&received, "due_at"), march(27, 17, 0));
    let skipped = deadline(&commune, &received).await["derivation"][0]["skipped"].clone();
    assert_eq!(text(&skipped[0], "date"), "2026-03-15", "the day of the event is not counted anyway");
}

#[tokio::test]
async fn w_17_office_hours_edited_after_the_reception_move_no_open_dossier() {
    let commune = Commune::open().await;
    let dossier = received_at(&commune, march(10, 9, 0)).await;

    change_unit(&commune, "    office_hours: [\"08:00-12:00\", \"13:00-16:00\"]\n").await;
    let asked = commune.done(CASE, &dossier, "supplement-request", json!({"reason": "Ảnh mờ."})).await;
    commune.pass(TimeDelta::days(1));
    let answered = commune.done(MAU, &asked, "supplement", json!({"papers": []})).await;
    let new = received_at(&commune, march(11, 9, 30)).await;

    assert_eq!(time(&dossier, "due_at"), march(24, 17, 0));
    assert_eq!(time(&answered, "due_at"), march(25, 17, 0), "still until five");
    assert_eq!(time(&new, "due_at"), march(25, 16, 0), "received under the new hours");
}

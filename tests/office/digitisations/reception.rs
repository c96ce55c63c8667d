//! What a reception, a supplement and an end without result do to the queue (D-01..D-04, R-C1).

use super::scene::{begins, brought, decided, digitising, execute, items, received, standing};
use crate::support::commune::{CASE, Commune, DESK, MAU};
use chrono::TimeDelta;
use entities::tables::procedure_revisions::{Column, Entity};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Value, json};

#[tokio::test]
async fn d_03_r_c1_each_tier_digitises_from_its_own_day_on() {
    for tier in ["province", "district", "commune"] {
        let commune = Commune::open().await;
        let (before, after) = (brought(&commune).await, brought(&commune).await);
        execute(&commune, &format!("UPDATE units SET tier = '{tier}' WHERE code = 'H55.101'")).await;
        begins(&commune, tier, "2026-03-11").await;

        let before = commune.done(DESK, &before, "acceptance", json!({})).await;
        // The last minute of the tenth, then the first of the eleventh.
        commune.pass(TimeDelta::hours(15));
        let after = commune.done(DESK, &after, "acceptance", json!({})).await;

        assert!(items(&commune, &before).await.is_empty(), "{tier}");
        let opened = items(&commune, &after).await;
        assert_eq!(opened.len(), 2, "{tier}");
        assert!(opened.iter().all(|item| item.tier == tier && item.origin == "intake"), "{tier}");
    }
}

#[tokio::test]
async fn d_03_another_tier_than_the_one_that_begins_digitises_nothing() {
    let commune = Commune::open().await;
    begins(&commune, "province", "2022-06-01").await;

    let dossier = received(&commune).await;

    assert!(items(&commune, &dossier).await.is_empty());
}

#[tokio::test]
async fn d_03_a_postal_point_digitises_as_the_unit_it_receives_for() {
    let commune = Commune::open().await;
    begins(&commune, "commune", "2026-03-10").await;
    let dossier = brought(&commune).await;
    execute(&commune, "UPDATE units SET tier = 'postal_point' WHERE code = 'H55.101'").await;
    let next_door = "(SELECT id FROM units WHERE code = 'H55.102')";
    execute(&commune, &format!("UPDATE dossiers SET authority_id = {next_door}")).await;

    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;

    let opened = items(&commune, &dossier).await;
    assert_eq!(opened.len(), 2);
    assert!(opened.iter().all(|item| (item.unit_id, item.tier.as_str()) == (commune.neighbour, "commune")));
}

#[tokio::test]
async fn r_c1_a_reception_opens_an_item_for_each_paper_in_its_transaction() {
    let commune = digitising().await;

    let dossier = received(&commune).await;

    let expected = ["Giấy thử thứ nhất scan waiting", "Giấy thử thứ hai scan waiting"];
    assert_eq!(standing(&commune, &dossier).await, expected);
    let first = &items(&commune, &dossier).await[0];
    let said =
        (first.ground.as_str(), first.waits_for.as_deref(), first.component.as_deref(), first.priority);
    assert_eq!(said, ("decision", Some("scanner"), Some("T2-01"), 0));
}

#[tokio::test]
async fn r_c1_a_reception_that_is_refused_opens_nothing() {
    let commune = digitising().await;
    let dossier = brought(&commune).await;

    commune.refused(CASE, &dossier, "acceptance", json!({})).await;

    assert!(items(&commune, &dossier).await.is_empty());
}

#[tokio::test]
async fn d_01_a_paper_that_is_only_looked_at_is_not_digitised() {
    let commune = digitising().await;
    grounds(&commune, json!({"T2-01": "earlier_result", "T2-02": "none"})).await;

    let dossier = received(&commune).await;

    let opened = items(&commune, &dossier).await;
    let grounds: Vec<_> = opened.iter().map(|item| item.ground.as_str()).collect();
    assert_eq!(grounds, ["earlier_result"]);
}

/// Why each component of the trial procedure is digitised.
async fn grounds(commune: &Commune, grounds: Value) {
    let rows = Entity::find().filter(Column::Content.contains("T2-01"));
    let row = rows.one(commune.database.reader()).await.unwrap().unwrap();
    let mut content: Value = serde_json::from_str(&row.content).unwrap();
    for component in content["components"].as_array_mut().unwrap() {
        component["digitise"] = grounds[component["code"].as_str().unwrap()].clone();
    }
    let mut row = row.into_active_model();
    row.content = Set(content.to_string());
    row.update(commune.database.writer()).await.unwrap();
}

#[tokio::test]
async fn d_04_a_paper_that_the_office_holds_already_is_not_scanned_again() {
    let commune = digitising().await;
    let dossier = brought(&commune).await;
    execute(&commune, "UPDATE papers SET source = 'reused' WHERE component = 'T2-01'").await;

    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;

    assert_eq!(standing(&commune, &dossier).await, ["Giấy thử thứ hai scan waiting"]);
}

#[tokio::test]
async fn what_was_handed_in_online_waits_for_no_scanner() {
    let commune = digitising().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;

    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;

    assert!(items(&commune, &dossier).await.is_empty());
}

#[tokio::test]
async fn a_supplement_after_the_reception_takes_the_place_of_what_lay_at_the_scanner() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let asked = json!({"reason": "Giấy đã mờ.", "components": ["T2-01"]});
    let dossier = commune.done(DESK, &dossier, "supplement-request", asked).await;

    let papers = json!({"papers": [{"component": "T2-01"}]});
    let dossier = commune.done(DESK, &dossier, "supplement", papers).await;

    let expected =
        ["Giấy thử thứ nhất scan dropped", "Giấy thử thứ hai scan waiting", "Giấy thử thứ nhất scan waiting"];
    assert_eq!(standing(&commune, &dossier).await, expected);
}

#[tokio::test]
async fn a_dossier_that_ends_without_a_result_takes_its_papers_from_the_queue() {
    let commune = digitising().await;
    let dossier = received(&commune).await;

    let dossier = commune.done(DESK, &dossier, "withdrawal", json!({"reason": "Người nộp rút hồ sơ."})).await;

    assert!(items(&commune, &dossier).await.iter().all(|item| item.state == "dropped"));
    let item = items(&commune, &dossier).await[0].id;
    let told = commune.read(DESK, &format!("/v1/digitisations/{item}")).await;
    assert_eq!(told["events"][0]["words"], "Người nộp rút hồ sơ.");
}

#[tokio::test]
async fn d_02_a_result_is_digitised_too_and_one_taken_back_is_not() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let dossier = decided(&commune, &dossier).await;
    let result = items(&commune, &dossier).await.pop().unwrap();
    let said = (result.origin.as_str(), result.kind.as_str(), result.stage.as_str(), result.priority);
    assert_eq!(said, ("result", "result", "inspect", 1));

    let wrong = json!({"reason": "Ghi sai họ tên."});
    let dossier = commune.done(crate::support::commune::HEAD, &dossier, "correction", wrong).await;
    let decision = commune.decision("KQ-T2").await;
    let dossier = commune.done(crate::support::commune::HEAD, &dossier, "decision", decision).await;

    let results = items(&commune, &dossier).await.into_iter().filter(|item| item.origin == "result");
    assert_eq!(results.map(|item| item.state).collect::<Vec<_>>(), ["dropped", "waiting"]);
}

//! The first leg: asked for by the person or the desk, where a decision allows it, and called off again.

use super::scene::{collected, done_to, key, listed, ordered, said, shipment};
use crate::support::commune::{CASE, Commune, DESK, MAU, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use rules::jobs::Job;
use sea_orm::EntityTrait;
use serde_json::json as body;

#[tokio::test]
async fn b_01_the_post_fetches_papers_where_a_decision_allows_it() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;

    let asked = collected(&commune, MAU, &dossier).await;

    assert_eq!((&asked["leg"], &asked["state"]), (&body!("collection"), &body!("created")));
    assert_eq!(asked["order_number"], format!("{}-C", text(&dossier, "code")));
    let rows = entities::jobs::row::Entity::find().all(commune.database.reader()).await.unwrap();
    let job = rows.iter().find(|row| row.kind == "order_delivery").unwrap();
    let shipment = shipment(&commune, &dossier, "collection").await;
    assert_eq!(
        serde_json::from_str::<Job>(&job.payload).unwrap(),
        Job::OrderDelivery { shipment: shipment.id }
    );
    let procedure = commune.read(MAU, "/v1/procedures/2.000815").await;
    assert_eq!(procedure["postal_decision"]["number"], "QĐ 2686/QĐ-UBND");
}

#[tokio::test]
async fn r_f2_without_a_decision_that_allows_it_no_paper_is_fetched() {
    let commune = Commune::open().await;
    for (trial, paper) in [(1, "T1-01"), (2, "T2-01")] {
        let dossier = commune
            .submit(MAU, commune.trial(trial), |a| {
                a["papers"][0]["component"] = body!(paper);
                a["applicant"]["phone"] = body!("0900000001");
                a["applicant"]["address"] = commune.copies()["applicant"]["address"].clone();
            })
            .await;
        let path = format!("/v1/dossiers/{}/collection", text(&dossier, "id"));

        let told = commune.post(MAU, &path, &body!({"papers": ["Giấy thử"]})).await;

        let told = problem(told, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["code"], "post_not_allowed", "{told}");
    }
}

#[tokio::test]
async fn strangers_case_officers_and_neighbours_ask_for_no_collection() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let path = format!("/v1/dossiers/{}/collection", text(&dossier, "id"));
    let papers = body!({"papers": ["Giấy thử"]});

    for who in [THU, CASE, NEIGHBOUR] {
        problem(commune.post(who, &path, &papers).await, 404, "not_found").await;
    }
    problem(commune.post(MAU, &path, &body!({"papers": []})).await, 422, "body_invalid").await;
    assert!(listed(&commune, MAU, &dossier).await.is_empty());
}

#[tokio::test]
async fn one_collection_at_a_time_and_another_after_it_was_called_off() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    collected(&commune, MAU, &dossier).await;
    let path = format!("/v1/dossiers/{}/collection", text(&dossier, "id"));

    let twice = commune.post(DESK, &path, &body!({"papers": ["Giấy thử"]})).await;
    let twice = problem(twice, 409, "act_refused").await;
    let row = shipment(&commune, &dossier, "collection").await;
    let off = json(done_to(&commune, MAU, &row, "cancellation", &body!({})).await, 201).await;
    let again = collected(&commune, DESK, &dossier).await;

    assert_eq!(twice["blocked_by"][0]["code"], "already_collecting");
    assert_eq!(off["state"], "cancelled", "no carrier was asked yet");
    assert_eq!(again["order_number"], format!("{}-C2", text(&dossier, "code")));
    let legs: Vec<_> = listed(&commune, DESK, &dossier).await.iter().map(|row| row["leg"].clone()).collect();
    assert_eq!(legs, ["fetched-1", "collection"]);
}

#[tokio::test]
async fn an_order_at_the_carrier_is_called_off_by_a_job_and_not_once_it_is_on_its_way() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    collected(&commune, MAU, &dossier).await;
    let row = ordered(&commune, &dossier, "collection").await;

    let stale = entities::tables::shipments::Model { version: row.version - 1, ..row.clone() };
    problem(done_to(&commune, MAU, &stale, "cancellation", &body!({})).await, 412, "stale").await;
    let off = json(done_to(&commune, MAU, &row, "cancellation", &body!({})).await, 201).await;
    commune.pass(TimeDelta::minutes(1));
    said(&commune, &row, "collected").await;
    let row = shipment(&commune, &dossier, "collection").await;
    let late =
        problem(done_to(&commune, MAU, &row, "cancellation", &body!({})).await, 409, "act_refused").await;

    assert_eq!(off["state"], "cancelling");
    let jobs = entities::jobs::row::Entity::find().all(commune.database.reader()).await.unwrap();
    assert_eq!(jobs.iter().filter(|job| job.kind == "cancel_shipment").count(), 1);
    assert_eq!(late["blocked_by"][0]["code"], "on_its_way");
    assert_eq!(key(&dossier), row.dossier_id);
}

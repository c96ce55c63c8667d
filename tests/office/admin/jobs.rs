//! The ledger as an administrator reads it.

use super::steering::{bury, write};
use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, CITIZEN, CONTROLLER, House, json, problem};
use chrono::TimeDelta;
use rules::jobs::Job;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn only_administrators_read_the_ledger() {
    let house = House::open().await;

    for path in ["/v1/admin/jobs", "/v1/admin/jobs/counts"] {
        house.refused(path, 401, "token_missing").await;
        for person in [CITIZEN, CONTROLLER] {
            problem(house.read_as(person, path).await, 403, "forbidden").await;
        }
        json(house.read_as(ADMINISTRATOR, path).await, 200).await;
    }
}

#[tokio::test]
async fn the_ledger_is_listed_newest_first_by_state_kind_and_dossier() {
    let house = House::open().await;
    let dossiers = [Uuid::now_v7(), Uuid::now_v7()];
    let notices = (1..=5).flat_map(|entry| dossiers.map(|dossier| Job::SendNotice { dossier, entry }));
    let written = write(&house, notices.chain([Job::TrackPost { carrier: None }])).await;
    bury(&house, written[0], "the mail server does not answer").await;

    let all = house.walk("/v1/admin/jobs?limit=3").await;
    let dead = house.walk("/v1/admin/jobs?state=dead").await;
    let one = house.walk(&format!("/v1/admin/jobs?dossier={}&kind=send_notice&limit=2", dossiers[1])).await;

    let ids: Vec<Uuid> = all.iter().map(|job| serde_json::from_value(job["id"].clone()).unwrap()).collect();
    assert_eq!(ids, written.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(dead.len(), 1);
    assert_eq!(one.len(), 5);
    assert!(one.iter().all(|job| job["payload"]["dossier"] == json!(dossiers[1])));
    assert!(house.walk("/v1/admin/jobs?kind=no_such_kind").await.is_empty());
    problem(house.read_as(ADMINISTRATOR, "/v1/admin/jobs?state=lost").await, 400, "query_invalid").await;
}

#[tokio::test]
async fn a_job_tells_in_words_where_it_stands_and_why() {
    let house = House::open().await;
    let dossier = Uuid::now_v7();
    let written = write(&house, [1, 2].map(|entry| Job::SendNotice { dossier, entry })).await;

    let waiting = show(&house, written[1]).await;
    bury(&house, written[0], "the mail server does not answer").await;
    let (dead, free) = (show(&house, written[0]).await, show(&house, written[1]).await);

    for job in [&waiting, &dead, &free] {
        promise::holds("Job", job);
    }
    assert_eq!(waiting["waits_for"], json!(written[0]));
    assert_eq!(waiting["words"]["en"], "Due, and waiting for its turn and a free worker.");
    assert_eq!((&free["state"], free.get("waits_for")), (&json!("ready"), None));
    assert_eq!(dead["words"]["vi"], "Đã thôi sau 1 lần thử: the mail server does not answer.");
    assert_eq!((&dead["attempts"], &dead["lease"]), (&json!(1), &Value::Null));
    assert_eq!(dead["cause"], "a test");
    house.refused(&format!("/v1/admin/jobs/{dossier}"), 401, "token_missing").await;
    let nowhere = format!("/v1/admin/jobs/{dossier}");
    problem(house.read_as(ADMINISTRATOR, &nowhere).await, 404, "not_found").await;
}

#[tokio::test]
async fn the_counts_tell_how_long_the_oldest_waits() {
    let house = House::open().await;
    let written =
        write(&house, [Job::TrackPost { carrier: None }, Job::SweepPayments {}, Job::PurgeExpired {}]).await;
    bury(&house, written[0], "the carrier is closed").await;
    house.clock.advance(TimeDelta::seconds(90));

    let told = json(house.read_as(ADMINISTRATOR, "/v1/admin/jobs/counts").await, 200).await;

    promise::holds("JobCounts", &told);
    let count = |queue, state, number| json!({"queue": queue, "state": state, "number": number});
    assert_eq!(told["counts"], json!([count("party", "dead", 1), count("quick", "ready", 2)]));
    assert_eq!(
        told["oldest_due"],
        json!([{"queue": "quick", "since": "2026-03-10T02:00:00Z", "seconds": 90}])
    );
}

async fn show(house: &House, id: Uuid) -> Value {
    json(house.read_as(ADMINISTRATOR, &format!("/v1/admin/jobs/{id}")).await, 200).await
}

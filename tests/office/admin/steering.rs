//! Jobs are tried again and taken back, once for each key.

use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, CITIZEN, House, json, problem};
use chrono::TimeDelta;
use entities::jobs::claiming::{Claim, claim};
use entities::jobs::{MAX_ATTEMPTS, NewJob, insert, marking, review};
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn a_dead_job_gets_a_new_round_of_attempts() {
    let house = House::open().await;
    let id = write(&house, [Job::TrackPost { carrier: None }]).await[0];
    bury(&house, id, "the carrier is closed").await;
    house.clock.advance(TimeDelta::hours(1));

    let answer = house.act_as(ADMINISTRATOR, &replay(id), "one", &json!({})).await;

    assert_eq!(answer.headers()["location"], format!("/v1/admin/jobs/{id}"));
    let job = json(answer, 201).await;
    promise::holds("Job", &job);
    assert_eq!((&job["state"], &job["next_run_at"]), (&json!("ready"), &json!("2026-03-10T03:00:00Z")));
    assert_eq!((&job["attempts"], &job["max_attempts"]), (&json!(1), &json!(1 + MAX_ATTEMPTS)));
    assert_eq!(job["last_error"], "the carrier is closed");
}

#[tokio::test]
async fn a_repeated_request_does_not_try_the_job_twice() {
    let house = House::open().await;
    let id = write(&house, [Job::TrackPost { carrier: None }]).await[0];
    bury(&house, id, "the carrier is closed").await;
    let first = json(house.act_as(ADMINISTRATOR, &replay(id), "one", &json!({})).await, 201).await;
    bury(&house, id, "still closed").await;

    let again = house.act_as(ADMINISTRATOR, &replay(id), "one", &json!({})).await;

    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(json(again, 201).await, first);
    let row = review::show(house.database.reader(), id).await.unwrap().unwrap();
    assert_eq!((row.state.key(), row.last_error.as_deref()), ("dead", Some("still closed")));
}

#[tokio::test]
async fn a_job_that_waits_or_is_dead_can_be_taken_back() {
    let house = House::open().await;
    let written = write(&house, [Job::TrackPost { carrier: None }, Job::SweepPayments {}]).await;
    bury(&house, written[0], "the carrier is closed").await;

    for (id, key) in written.iter().zip(["one", "two"]) {
        let body = json!({"reason": "done by hand"});
        let job = json(house.act_as(ADMINISTRATOR, &cancellation(*id), key, &body).await, 201).await;
        assert_eq!((&job["state"], &job["last_error"]), (&json!("cancelled"), &json!("done by hand")));
        assert_eq!(job["words"]["en"], "Cancelled, 09:00:00 10/03/2026: done by hand.");
    }
}

#[tokio::test]
async fn a_job_in_a_workers_hands_is_left_alone() {
    let house = House::open().await;
    let id = write(&house, [Job::TrackPost { carrier: None }]).await[0];
    hold(&house, Queue::Party).await;

    let body = json!({"reason": "done by hand"});
    let again =
        problem(house.act_as(ADMINISTRATOR, &replay(id), "one", &json!({})).await, 409, "act_refused");
    assert_eq!(again.await["blocked_by"][0]["code"], "job_not_waiting");
    problem(house.act_as(ADMINISTRATOR, &cancellation(id), "two", &body).await, 409, "act_refused").await;

    assert_eq!(review::show(house.database.reader(), id).await.unwrap().unwrap().state.key(), "running");
}

#[tokio::test]
async fn steering_needs_the_role_the_key_the_reason_and_a_job() {
    let house = House::open().await;
    let id = write(&house, [Job::TrackPost { carrier: None }]).await[0];
    let reason = |text: &str| json!({"reason": text});

    problem(house.act_as(CITIZEN, &replay(id), "a", &json!({})).await, 403, "forbidden").await;
    problem(house.act_as(CITIZEN, &cancellation(id), "a", &reason("no")).await, 403, "forbidden").await;
    let bare = house.ask_as(ADMINISTRATOR, reqwest::Method::POST, &replay(id)).send().await.unwrap();
    problem(bare, 400, "idempotency_key_missing").await;
    for body in [json!({}), reason(" "), reason(&"a".repeat(501)), json!({"reason": "a", "by": "me"})] {
        problem(house.act_as(ADMINISTRATOR, &cancellation(id), "b", &body).await, 422, "body_invalid").await;
    }
    let nowhere = Uuid::now_v7();
    problem(house.act_as(ADMINISTRATOR, &replay(nowhere), "c", &json!({})).await, 404, "not_found").await;
    problem(house.act_as(ADMINISTRATOR, &cancellation(nowhere), "d", &reason("no")).await, 404, "not_found")
        .await;

    assert_eq!(review::show(house.database.reader(), id).await.unwrap().unwrap().state.key(), "ready");
}

/// Writes jobs as an act does; tells their keys in the order of writing.
pub async fn write(house: &House, jobs: impl IntoIterator<Item = Job>) -> Vec<Uuid> {
    let at = house.clock.now();
    let cause = Some("a test".to_owned());
    let rows = jobs.into_iter().map(|job| NewJob { cause: cause.clone(), ..NewJob::new(job, at) }).collect();
    house.database.writer().execute(&insert(rows, at).unwrap().unwrap()).await.unwrap();
    let all = review::list(house.database.reader(), &review::Filter::default(), 100).await.unwrap();
    all.iter().rev().map(|row| row.id).collect()
}

/// A worker takes every due job of every queue, and the one named fails for good; the others go back.
pub async fn bury(house: &House, id: Uuid, reason: &str) {
    let (writer, at) = (house.database.writer(), house.clock.now());
    for queue in Queue::ALL {
        for held in hold(house, queue).await.iter().filter(|held| held.id == id) {
            assert!(marking::bury(writer, held.lease(), at, reason).await.unwrap());
        }
    }
    marking::release(writer, WORKER).await.unwrap();
}

const WORKER: &str = "worker-of-the-test";

async fn hold(house: &House, queue: Queue) -> Vec<entities::jobs::Claimed> {
    let at = house.clock.now();
    let asked = Claim { queue, worker: WORKER, limit: 100, at, lease_until: at + TimeDelta::minutes(5) };
    claim(house.database.writer(), &asked).await.unwrap()
}

fn replay(id: Uuid) -> String {
    format!("/v1/admin/jobs/{id}/replay")
}

fn cancellation(id: Uuid) -> String {
    format!("/v1/admin/jobs/{id}/cancellation")
}

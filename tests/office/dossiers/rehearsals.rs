//! A dry run tells what would follow and leaves no trace.

use crate::support::commune::{CASE, Commune, DESK, MAU, text};
use crate::support::house::{json, problem};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json as body};

async fn rows(commune: &Commune) -> Vec<i64> {
    let db = commune.database.reader();
    let mut counts = Vec::new();
    for table in ["dossiers", "history", "clock_events", "jobs", "papers", "replays", "code_series"] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        counts.push(row.unwrap().try_get("", "n").unwrap());
    }
    counts
}

fn members(told: &Value) -> Vec<&str> {
    told["changes"].as_array().unwrap().iter().map(|change| text(change, "member")).collect()
}

#[tokio::test]
async fn an_acceptance_is_tried_before_it_is_done() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let before = rows(&commune).await;

    let answer = commune.dry(DESK, &dossier, "acceptance", &body!({})).await;
    assert_eq!(answer.headers()["preference-applied"], "dry-run");
    let told = json(answer, 200).await;

    assert_eq!(told["act"], "accept");
    for member in ["status", "received_at", "due_at", "version"] {
        assert!(members(&told).contains(&member), "{member} in {told}");
    }
    let jobs: Vec<&str> = told["jobs"].as_array().unwrap().iter().map(|job| text(job, "kind")).collect();
    assert!(jobs.contains(&"send_notice") && jobs.contains(&"push_to_portal"), "{jobs:?}");
    assert_eq!(rows(&commune).await, before, "nothing is written");
    let done = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let due = told["changes"].as_array().unwrap().iter().find(|change| change["member"] == "due_at").unwrap();
    assert_eq!(done["due_at"], due["to"], "what was told is what happens");
}

#[tokio::test]
async fn a_refused_act_is_refused_the_same_when_it_is_only_tried() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;

    let tried =
        problem(commune.dry(CASE, &dossier, "acceptance", &body!({})).await, 409, "act_refused").await;
    let done = commune.refused(CASE, &dossier, "acceptance", body!({})).await;

    assert_eq!(tried["blocked_by"], done["blocked_by"]);
    assert_eq!(tried["allowed_actions"], done["allowed_actions"]);
}

#[tokio::test]
async fn a_submission_is_tried_without_a_code_being_taken() {
    let commune = Commune::open().await;
    let mut application = commune.birth();
    commune.attach(MAU, &mut application).await;
    let before = rows(&commune).await;

    let request = commune.ask_as(MAU, Method::POST, "/v1/dossiers").header("prefer", "dry-run");
    let told = json(request.json(&application).send().await.unwrap(), 200).await;

    assert_eq!(told["act"], "submit");
    assert!(members(&told).contains(&"code"));
    assert_eq!(rows(&commune).await, before, "nothing is written");
    let taken = json(commune.hand_in(MAU, &application).await, 201).await;
    assert!(text(&taken, "code").ends_with("-0001"), "the first number is still free: {taken}");
}

#[tokio::test]
async fn taking_the_next_dossier_may_be_tried_too() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;

    let request = commune.ask_as(DESK, Method::POST, "/v1/queues/unclaimed/next").header("prefer", "dry-run");
    let told = json(request.json(&body!({})).send().await.unwrap(), 200).await;

    assert_eq!(told["id"], dossier["id"]);
    assert_eq!(commune.now(DESK, &dossier).await["version"], dossier["version"]);
}

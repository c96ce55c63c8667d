//! How much is digitised: what came in, and the shelves against the targets (R-C1..R-C4, D-13).

use super::scene::{decided, digitise, digitising, execute, received};
use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, key, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::seeding::{importing, reading, shipped};
use reqwest::Method;
use serde_json::{Value, json};

async fn report(commune: &Commune, who: &str) -> Value {
    commune.read(who, "/v1/reports/digitisation?from=2026-03-01").await
}

#[tokio::test]
async fn d_13_a_dossier_counts_with_a_readable_paper_and_a_result_file() {
    let commune = digitising().await;
    let done = decided(&commune, &received(&commune).await).await;
    digitise(&commune, &done).await;
    // Its result was found readable.
    execute(&commune, "UPDATE files SET state = 'clean'").await;
    received(&commune).await;

    let told = report(&commune, CASE).await["units"][0].clone();

    assert_eq!(told["dossiers"], json!({"done": 1, "of": 2, "percent": 50.0}));
    assert_eq!(told["components"], json!({"done": 2, "of": 4, "percent": 50.0}));
    assert_eq!(told["results"], json!({"done": 1, "of": 1, "percent": 100.0}));
    assert_eq!((&told["open"], &told["waiting_too_long"]), (&json!(2), &json!(0)));
}

#[tokio::test]
async fn nothing_waits_unseen_for_long() {
    let commune = digitising().await;
    received(&commune).await;

    commune.pass(TimeDelta::days(3));

    assert_eq!(report(&commune, DESK).await["units"][0]["waiting_too_long"], 2);
}

#[tokio::test]
async fn r_c2_r_c3_r_c4_old_papers_stand_against_each_target_and_expired_ones_drop_out() {
    let commune = digitising().await;
    let tx = commune.database.begin().await.unwrap();
    let (name, text_of) = *shipped::FILES.iter().find(|(name, _)| *name == "digitisation.yaml").unwrap();
    importing::import(&tx, &reading::read(name, text_of).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let body =
        json!({"unit": commune.unit, "title": "Kết quả", "kind": "result", "box_number": "1", "expected": 5});
    let batch = json(commune.post(DESK, "/v1/paper-batches", &body).await, 201).await;
    let owner = json!({"kind": "citizen", "name": "Trần Văn Mẫu"});
    let items = json!({"items": [{"name": "Một", "owner": owner}, {"name": "Hai", "owner": owner},
        {"name": "Hết hiệu lực", "valid_until": "2020-12-31", "owner": owner}]});
    let path = format!("/v1/paper-batches/{}/items", text(&batch, "id"));
    let request = commune.ask_as(DESK, Method::POST, &path).header("idempotency-key", key());
    json(request.header("if-match", "\"1\"").json(&items).send().await.unwrap(), 201).await;
    execute(
        &commune,
        "UPDATE digitisations SET state = 'filed' WHERE name IN ('Một', 'Hai', 'Hết hiệu lực')",
    )
    .await;

    let told = report(&commune, INSPECTOR).await;

    assert_eq!(told["units"][0]["old_results"], json!({"done": 2, "of": 4, "percent": 50.0}));
    assert_eq!(told["units"][0]["old_dossiers"], json!({"done": 0, "of": 0, "percent": null}));
    let targets = told["tiers"][0]["targets"].as_array().unwrap();
    let results = targets.iter().filter(|target| target["kind"] == "result");
    let reached: Vec<_> =
        results.map(|t| (t["percent"].clone(), t["reached"].clone(), t["missing"].clone())).collect();
    assert_eq!(reached, [(json!(35), json!(true), json!(0)), (json!(55), json!(false), json!(1))]);
}

#[tokio::test]
async fn the_report_is_for_officers_of_the_unit_and_who_oversees_them() {
    let commune = digitising().await;

    let path = "/v1/reports/digitisation?from=2026-03-01";
    problem(commune.get(MAU, path).await, 403, "forbidden").await;
    let next_door = format!("{path}&unit={}", commune.neighbour);
    problem(commune.get(DESK, &next_door).await, 403, "forbidden").await;
}

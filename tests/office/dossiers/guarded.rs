//! What nobody gets round: the unpaid result, the masked person, the number that is not one's own, the second fee.

use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, MAU, THU, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::files::{self, State};
use reqwest::Response;
use serde_json::{Value, json as body};

async fn decided(commune: &Commune, back: &str) -> (Value, String) {
    let dossier = commune.submit(MAU, commune.copies(), |a| a["return_method"] = body!(back)).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let decision = commune.decision("KQ-CC-01").await;
    let file = text(&decision, "file").to_owned();
    files::set_state(commune.database.writer(), file.parse().unwrap(), State::Clean, None).await.unwrap();
    (commune.done(HEAD, &dossier, "decision", decision).await, file)
}

async fn pay(commune: &Commune, dossier: &Value) -> Response {
    commune.post(MAU, &format!("/v1/dossiers/{}/payments", text(dossier, "id")), &body!({})).await
}

#[tokio::test]
async fn the_result_is_not_read_before_the_fee_is_paid() {
    let commune = Commune::open().await;
    let (dossier, file) = decided(&commune, "electronic").await;
    let path = format!("/v1/files/{file}/content");

    problem(commune.get(MAU, &path).await, 404, "not_found").await;
    assert_eq!(commune.get(CASE, &path).await.status(), 200, "the officers have it");
    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "00000012"})).await;

    assert_eq!(commune.get(MAU, &path).await.status(), 200);
    problem(commune.get(THU, &path).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_fee_that_the_postman_collects_is_not_paid_online_as_well() {
    let commune = Commune::open().await;
    let (dossier, _) = decided(&commune, "post").await;

    let refused = problem(pay(&commune, &dossier).await, 409, "act_refused").await;

    assert_eq!(refused["blocked_by"][0]["code"], "collected_by_post");
}

#[tokio::test]
async fn a_pay_page_left_alone_for_a_day_gives_way_to_a_new_one() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let first = json(pay(&commune, &dossier).await, 201).await;
    commune.pass(TimeDelta::minutes(50));
    let same = json(pay(&commune, &dossier).await, 201).await;
    commune.pass(TimeDelta::hours(2));
    let next = json(pay(&commune, &dossier).await, 201).await;

    assert_eq!(first["reference"], same["reference"]);
    assert_ne!(first["reference"], next["reference"]);
}

#[tokio::test]
async fn who_sees_persons_masked_does_not_find_them_by_name() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    json(pay(&commune, &dossier).await, 201).await;
    let found = |who, words: String| {
        let commune = &commune;
        async move {
            commune.read(who, &format!("/v1/dossiers?q={words}")).await["items"].as_array().unwrap().len()
        }
    };

    assert_eq!(found(DESK, "nguyen".into()).await, 1);
    assert_eq!(found(INSPECTOR, "nguyen".into()).await, 0);
    assert_eq!(found(INSPECTOR, text(&dossier, "code").into()).await, 1);
    let payments = commune.read(INSPECTOR, &format!("/v1/dossiers/{}/payments", text(&dossier, "id"))).await;
    assert!(payments[0].get("pay_url").is_none(), "the pay page names the payer");
}

#[tokio::test]
async fn an_empty_number_belongs_to_nobody() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |a| a["applicant"]["id_number"] = body!("  ")).await;
    let row = entities::dossiers::reading::by_code(commune.database.reader(), text(&dossier, "code")).await;

    assert_eq!(row.unwrap().unwrap().applicant_index, None);
}

#[tokio::test]
async fn a_reason_is_a_reason_and_not_a_book() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let book = body!({"reason": "Thiếu giấy tờ. ".repeat(1_000)});

    let refused = problem(commune.act(DESK, &dossier, "refusal", &book).await, 422, "body_invalid").await;

    assert_eq!(refused["errors"][0]["code"], "too_long");
}

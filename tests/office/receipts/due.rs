//! Money without a receipt is found by those who have to make it out (F-11).

use super::scene::{both, receipts, series};
use crate::openapi::promise;
use crate::payments::tally::{asked, confirm, opened, tell};
use crate::refunds::scene::{followed, proposed};
use crate::support::commune::{Commune, DESK, HEAD, MAU, MONEY, NEIGHBOUR, key, text};
use crate::support::house::{json, problem};
use reqwest::Method;
use serde_json::{Value, json as body};

/// A fee paid through the platform under a transaction of this number; gives dossier and payment.
async fn paid_online(commune: &Commune, transaction: &str) -> (Value, Value) {
    let dossier = asked(commune).await;
    let payment = opened(commune, &dossier).await;
    let news = confirm(text(&payment, "reference"), &[("MaGiaoDich", transaction)]);
    tell(commune, news.to_string()).await;
    (dossier, payment)
}

async fn listed(commune: &Commune, query: &str) -> Vec<Value> {
    let page = commune.read(MONEY, &format!("/v1/missing-receipts{query}")).await;
    page["items"].as_array().unwrap().clone()
}

async fn today(commune: &Commune) -> Value {
    let path = format!("/v1/reports/takings?unit={}&day=2026-03-10", commune.unit);
    commune.read(MONEY, &path).await["without_receipt"].clone()
}

async fn cancelled(commune: &Commune, receipt: &Value) {
    let path = format!("/v1/receipts/{}/cancellation", text(receipt, "id"));
    let request = commune.ask_as(MONEY, Method::POST, &path).header("idempotency-key", key());
    let request = request.header("if-match", format!("\"{}\"", receipt["version"]));
    json(request.json(&body!({"reason": "Lập nhầm."})).send().await.unwrap(), 201).await;
}

#[tokio::test]
async fn f_11_money_that_came_before_there_was_a_series_is_listed_until_its_receipt_is_made_out() {
    let commune = Commune::open().await;
    let (dossier, payment) = paid_online(&commune, "GD000001").await;

    let found = listed(&commune, "").await;

    promise::holds("MissingReceipt", &found[0]);
    assert_eq!((&found[0]["payment"], &found[0]["dossier_code"]), (&payment["id"], &dossier["code"]));
    assert_eq!((&found[0]["kinds"], &found[0]["amount"]), (&body!(["phi"]), &body!(12_000)));
    assert_eq!(today(&commune).await, body!({"count": 1, "amount": 12_000}));
    series(&commune, "phi", "electronic", "DX/26P", "2026-03-01").await;
    let path = format!("/v1/payments/{}/receipts", text(&payment, "id"));
    json(commune.post(MONEY, &path, &body!({})).await, 201).await;
    assert_eq!(listed(&commune, "").await, Vec::<Value>::new());
    assert_eq!(today(&commune).await, body!({"count": 0, "amount": 0}));
}

#[tokio::test]
async fn f_11_the_list_is_by_unit_and_day_and_in_pages() {
    let commune = Commune::open().await;
    for transaction in ["GD000001", "GD000002", "GD000003"] {
        paid_online(&commune, transaction).await;
    }
    commune.pass(chrono::TimeDelta::days(1));
    let (_, last) = paid_online(&commune, "GD000004").await;
    let unit = commune.unit;

    let days = [
        listed(&commune, &format!("?unit={unit}&day=2026-03-10")).await.len(),
        listed(&commune, &format!("?unit={unit}&day=2026-03-11")).await.len(),
        listed(&commune, &format!("?unit={}", uuid::Uuid::now_v7())).await.len(),
    ];
    let first = commune.read(MONEY, "/v1/missing-receipts?limit=3").await;
    let next = format!("/v1/missing-receipts?limit=3&after={}", text(&first, "next"));
    let rest = commune.read(MONEY, &next).await;

    assert_eq!(days, [3, 1, 0]);
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!((&rest["items"][0]["payment"], &rest["next"]), (&last["id"], &Value::Null));
    assert_eq!(commune.read(HEAD, "/v1/missing-receipts").await["items"].as_array().unwrap().len(), 4);
    assert_eq!(commune.get(NEIGHBOUR, "/v1/missing-receipts").await.status(), 403);
    problem(commune.get(MAU, "/v1/missing-receipts").await, 403, "forbidden").await;
}

#[tokio::test]
async fn f_11_a_receipt_cancelled_without_another_leaves_its_money_without_one() {
    let commune = Commune::open().await;
    both(&commune).await;
    let dossier = asked(&commune).await;
    commune.done(DESK, &dossier, "cash-payment", body!({})).await;
    assert_eq!(listed(&commune, "").await, Vec::<Value>::new());

    cancelled(&commune, &receipts(&commune, &dossier).await[0]).await;

    let found = listed(&commune, "").await;
    assert_eq!((text(&found[0], "way"), &found[0]["kinds"]), ("cash", &body!(["phi"])));
}

#[tokio::test]
async fn f_11_what_was_given_back_as_a_whole_waits_for_no_receipt() {
    let commune = Commune::open().await;
    let (_, payment) = paid_online(&commune, "GD000001").await;
    let refund = proposed(&commune, &payment, ("mistaken", "phi", 12_000)).await;
    let refund = followed(&commune, HEAD, &refund, "approval", body!({})).await;
    assert_eq!(listed(&commune, "").await.len(), 1);

    followed(&commune, MONEY, &refund, "payout", body!({"proof": "Ủy nhiệm chi số 1"})).await;

    assert_eq!(listed(&commune, "").await, Vec::<Value>::new());
}

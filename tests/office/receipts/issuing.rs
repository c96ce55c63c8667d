//! A receipt comes with the money, names the payer, and stays when it is cancelled.

use super::scene::{both, receipts, series};
use crate::openapi::promise;
use crate::payments::tally::{asked, confirm, opened, tell};
use crate::refunds::scene::trial;
use crate::support::commune::{Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, THU, key, text};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json as body};

async fn cancel(commune: &Commune, who: &str, receipt: &Value, what: Value) -> Response {
    let path = format!("/v1/receipts/{}/cancellation", text(receipt, "id"));
    let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
    request.header("if-match", format!("\"{}\"", receipt["version"])).json(&what).send().await.unwrap()
}

#[tokio::test]
async fn f_11_f_17_phi_and_le_phi_are_two_receipts_made_out_with_the_money() {
    let commune = Commune::open().await;
    both(&commune).await;
    let dossier = commune.submit(MAU, trial(&commune), |_| {}).await;

    commune.done(DESK, &dossier, "cash-payment", body!({})).await;

    let told = receipts(&commune, &dossier).await;
    let [phi, le_phi] = told.as_slice() else { panic!("{told:?}") };
    promise::holds("FeeReceipt", phi);
    assert_eq!((text(phi, "kind"), &phi["amount"]), ("phi", &body!(10_000)));
    assert_eq!((text(le_phi, "kind"), &le_phi["amount"]), ("le_phi", &body!(25_000)));
    assert_eq!(
        (text(phi, "number"), text(le_phi, "number")),
        ("0000001", "0000001"),
        "one line of numbers each"
    );
}

#[tokio::test]
async fn f_10_a_receipt_has_every_field_the_decree_names() {
    let commune = Commune::open().await;
    both(&commune).await;
    let dossier = asked(&commune).await;

    let payer = body!({"name": "Trần Văn Trả", "identity_number": "006099000003", "address": "Tổ 5"});
    commune.done(DESK, &dossier, "cash-payment", body!({"payer": payer})).await;

    let receipt = receipts(&commune, &dossier).await.remove(0);
    for (name, expected) in [
        ("form_code", "01BLP"),
        ("series_code", "DX/26P"),
        ("collector_tax_code", "4700000001"),
        ("amount_in_words", "Mười hai nghìn đồng"),
        ("day", "2026-03-10"),
        ("way", "cash"),
        ("issued_name", "Hoàng Văn Cửa"),
    ] {
        assert_eq!(text(&receipt, name), expected);
    }
    assert_eq!(receipt["payer"], payer);
    assert_eq!(receipt["lines"][0]["amount"], 12_000);
    let path = format!("/v1/receipts/{}", text(&receipt, "id"));
    let page = commune.ask_as(MAU, Method::GET, &path).header("accept", "text/html").send().await.unwrap();
    let page = page.text().await.unwrap();
    for said in ["BIÊN LAI THU PHÍ", "0000001", "Trần Văn Trả", "12.000 đồng", "Mười hai nghìn đồng"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
}

#[tokio::test]
async fn f_11_money_of_a_platform_and_of_a_transfer_has_its_receipt_too() {
    let commune = Commune::open().await;
    both(&commune).await;
    let (online, claimed) = (asked(&commune).await, asked(&commune).await);
    let payment = opened(&commune, &online).await;

    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    let path = format!("/v1/dossiers/{}/transfer-claims", text(&claimed, "id"));
    let claim = json(commune.post(MAU, &path, &body!({"reference": "FT1"})).await, 201).await;
    let path = format!("/v1/payments/{}/confirmation", text(&claim, "id"));
    json(commune.post(MONEY, &path, &body!({"bank_reference": "FT1"})).await, 201).await;

    let told = [receipts(&commune, &online).await, receipts(&commune, &claimed).await].concat();
    let ways: Vec<_> = told.iter().map(|receipt| (text(receipt, "way"), text(receipt, "number"))).collect();
    assert_eq!(ways, [("platform", "0000001"), ("transfer", "0000002")]);
}

#[tokio::test]
async fn f_11_where_there_is_no_series_the_receipts_follow_when_there_is_one() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let refused =
        problem(commune.act(DESK, &dossier, "cash-payment", &body!({})).await, 422, "body_invalid").await;
    let payment = opened(&commune, &dossier).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    let path = format!("/v1/payments/{}/receipts", text(&payment, "id"));
    problem(commune.post(MONEY, &path, &body!({})).await, 422, "body_invalid").await;

    series(&commune, "phi", "electronic", "DX/26P", "2026-03-01").await;
    let issued = json(commune.post(MONEY, &path, &body!({})).await, 201).await;
    let again = json(commune.post(MONEY, &path, &body!({})).await, 201).await;

    assert_eq!(refused["errors"][0]["code"], "receipt_missing");
    assert_eq!((text(&issued[0], "number"), &again), ("0000001", &issued));
}

#[tokio::test]
async fn f_11_no_transfer_is_confirmed_without_a_receipt() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let path = format!("/v1/dossiers/{}/transfer-claims", text(&dossier, "id"));
    let claim = json(commune.post(MAU, &path, &body!({"reference": "đã chuyển"})).await, 201).await;
    let path = format!("/v1/payments/{}/confirmation", text(&claim, "id"));

    let refused = commune.post(MONEY, &path, &body!({"bank_reference": "FT1"})).await;

    let refused = problem(refused, 422, "body_invalid").await;
    assert_eq!(refused["errors"][0]["code"], "receipt_missing");
    json(commune.post(MONEY, &path, &body!({"bank_reference": "FT1", "receipt_number": "5"})).await, 201)
        .await;
}

#[tokio::test]
async fn f_16_a_cancelled_receipt_stays_and_another_number_stands_for_it() {
    let commune = Commune::open().await;
    both(&commune).await;
    let dossier = asked(&commune).await;
    commune.done(DESK, &dossier, "cash-payment", body!({})).await;
    let first = receipts(&commune, &dossier).await.remove(0);
    let why = body!({"reason": "Ghi sai tên.", "replace": true, "payer": {"name": "Trần Văn Trả"}});
    for (who, status) in [(MAU, 404), (DESK, 404), (NEIGHBOUR, 404), (HEAD, 409)] {
        assert_eq!(cancel(&commune, who, &first, why.clone()).await.status(), status, "{who}");
    }

    let second = json(cancel(&commune, MONEY, &first, why.clone()).await, 201).await;

    assert_eq!((text(&second, "number"), text(&second["payer"], "name")), ("0000002", "Trần Văn Trả"));
    assert_eq!(second["replaces"], first["id"]);
    let told = receipts(&commune, &dossier).await;
    assert_eq!((text(&told[0], "state"), text(&told[0], "number")), ("cancelled", "0000001"));
    assert_eq!((&told[0]["replaced_by"], text(&told[0], "cancel_reason")), (&second["id"], "Ghi sai tên."));
    let again = problem(cancel(&commune, MONEY, &told[0], why).await, 409, "act_refused").await;
    assert_eq!(again["blocked_by"][0]["code"], "receipt_cancelled");
    let list = commune.read(MONEY, &format!("/v1/receipts?unit={}&day=2026-03-10", commune.unit)).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 2, "cancelled ones are listed");
}

#[tokio::test]
async fn receipts_are_read_by_those_they_concern() {
    let commune = Commune::open().await;
    both(&commune).await;
    let dossier = asked(&commune).await;
    commune.done(DESK, &dossier, "cash-payment", body!({})).await;
    let receipt = receipts(&commune, &dossier).await.remove(0);
    let path = format!("/v1/receipts/{}", text(&receipt, "id"));

    for who in [MAU, DESK, MONEY, HEAD] {
        assert_eq!(commune.read(who, &path).await, receipt, "{who}");
    }
    let masked = commune.read(INSPECTOR, &path).await;
    assert!(masked["payer"].is_null() && masked["number"] == receipt["number"]);
    for who in [THU, NEIGHBOUR] {
        problem(commune.get(who, &path).await, 404, "not_found").await;
    }
    problem(commune.get(DESK, "/v1/receipts").await, 403, "forbidden").await;
    let sheet = commune.get(MONEY, &format!("/v1/units/{}/receipt-sheet?day=2026-03-10", commune.unit)).await;
    let sheet = sheet.text().await.unwrap();
    assert!(sheet.contains("01BLP,DX/26P,0000001,2026-03-10,phi,cash,12000,issued"), "{sheet}");
}

#[tokio::test]
async fn f_10_a_series_is_opened_by_finance_of_the_unit_once() {
    let commune = Commune::open().await;
    let path = format!("/v1/units/{}/receipt-series", commune.unit);
    let new = body!({"kind": "phi", "medium": "electronic", "form_code": "01BLP", "series_code": "DX/26P",
        "collector_name": "A", "collector_tax_code": "1", "first_day": "2026-01-01"});
    for who in [MAU, DESK, NEIGHBOUR] {
        problem(commune.post(who, &path, &new).await, 403, "forbidden").await;
    }
    problem(commune.post(HEAD, &path, &new).await, 409, "act_refused").await;
    let mut wrong = new.clone();
    wrong["form_code"] = body!("");
    wrong["last_day"] = body!("2025-01-01");
    let told = problem(commune.post(MONEY, &path, &wrong).await, 422, "body_invalid").await;
    assert_eq!(told["errors"].as_array().unwrap().len(), 2);

    json(commune.post(MONEY, &path, &new).await, 201).await;

    problem(commune.post(MONEY, &path, &new).await, 409, "already_exists").await;
    promise::holds("ReceiptSeries", &commune.read(HEAD, &path).await[0]);
}

//! Transfers: a code to scan, a claim that moves nothing, and an accountant who has seen the money; and cards at the desk.

use super::tally::asked;
use crate::openapi::promise;
use crate::refunds::scene::trial;
use crate::support::commune::{
    CONTROLLER, Commune, DESK, HEAD, MAU, MONEY, NEIGHBOUR, THU, receipt_number, text,
};
use crate::support::house::{json, problem};
use rules::codes::vietqr;
use serde_json::{Value, json as body};

/// An account of the commune, recorded by who runs the catalogue.
pub async fn account(commune: &Commune, change: Value) -> Value {
    let mut account = body!({"bank_bin": "970436", "bank_name": "Ngân hàng Ví Dụ", "number": "0123456789",
        "holder": "UBND PHUONG DUC XUAN", "valid_from": "2026-01-01"});
    account.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let path = format!("/v1/units/{}/accounts", commune.unit);
    json(commune.post(CONTROLLER, &path, &account).await, 201).await
}

async fn codes(commune: &Commune, dossier: &Value) -> Value {
    commune.read(DESK, &format!("/v1/dossiers/{}/transfer-code", text(dossier, "id"))).await
}

async fn claim(commune: &Commune, who: &str, dossier: &Value) -> Value {
    let path = format!("/v1/dossiers/{}/transfer-claims", text(dossier, "id"));
    json(commune.post(who, &path, &body!({"reference": "FT26069000123"})).await, 201).await
}

async fn confirm(commune: &Commune, who: &str, claim: &Value, number: &str) -> reqwest::Response {
    let path = format!("/v1/payments/{}/confirmation", text(claim, "id"));
    commune.post(who, &path, &body!({"bank_reference": number, "receipt_number": receipt_number()})).await
}

#[tokio::test]
async fn the_code_at_the_desk_holds_account_sum_and_a_short_reference() {
    let commune = Commune::open().await;
    account(&commune, body!({})).await;
    let dossier = asked(&commune).await;

    let codes = codes(&commune, &dossier).await;

    let code = &codes[0];
    promise::holds("TransferCode", code);
    let short: String = text(&dossier, "code").chars().filter(char::is_ascii_alphanumeric).collect();
    let purpose = format!("TT HS {short}");
    assert_eq!((text(code, "purpose"), text(code, "holder")), (purpose.as_str(), "UBND PHUONG DUC XUAN"));
    assert!(purpose.len() <= 25, "banks cut what is longer: {purpose}");
    let expected = vietqr::transfer("970436", "0123456789", Some(12_000), &purpose).unwrap();
    assert_eq!((text(code, "text"), &code["amount"]), (expected.as_str(), &body!(12_000)));
}

#[tokio::test]
async fn f_01_phi_and_le_phi_are_transferred_to_their_own_accounts() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, trial(&commune), |_| {}).await;
    account(&commune, body!({})).await;
    account(&commune, body!({"kind": "phi", "number": "111"})).await;
    let together = codes(&commune, &dossier).await;

    account(&commune, body!({"kind": "le_phi", "number": "222"})).await;
    account(&commune, body!({"kind": "le_phi", "number": "333", "valid_from": "2026-12-01"})).await;

    let told = |codes: &Value| -> Vec<(String, i64)> {
        let all = codes.as_array().unwrap().iter();
        all.map(|code| (text(code, "account").to_owned(), code["amount"].as_i64().unwrap())).collect()
    };
    assert_eq!(told(&together), [("0123456789".to_owned(), 35_000)]);
    let apart = codes(&commune, &dossier).await;
    assert_eq!(told(&apart), [("111".to_owned(), 10_000), ("222".to_owned(), 25_000)]);
}

#[tokio::test]
async fn the_code_is_drawn_as_svg_and_png() {
    let commune = Commune::open().await;
    account(&commune, body!({})).await;
    let dossier = asked(&commune).await;
    let path = format!("/v1/dossiers/{}/transfer-code/picture", text(&dossier, "id"));

    let svg = commune.get(MAU, &path).await;
    let png = commune.get(MAU, &format!("{path}?format=png")).await;

    assert_eq!(svg.headers()["content-type"], "image/svg+xml");
    assert!(svg.text().await.unwrap().starts_with("<svg"));
    assert_eq!(png.headers()["content-type"], "image/png");
    let bytes = png.bytes().await.unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    problem(commune.get(MAU, &format!("{path}?format=gif")).await, 400, "query_invalid").await;
    problem(commune.get(THU, &path).await, 404, "not_found").await;
}

#[tokio::test]
async fn without_an_account_there_is_no_code() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let path = format!("/v1/dossiers/{}/transfer-code", text(&dossier, "id"));

    let told = problem(commune.get(DESK, &path).await, 409, "act_refused").await;

    assert_eq!(told["blocked_by"][0]["code"], "no_account");
}

#[tokio::test]
async fn an_account_is_recorded_by_who_does_not_handle_the_money() {
    let commune = Commune::open().await;
    let path = format!("/v1/units/{}/accounts", commune.unit);
    let good = body!({"bank_bin": "970436", "bank_name": "NH", "number": "1", "holder": "A", "valid_from": "2026-01-01"});
    for who in [MAU, DESK, MONEY, HEAD] {
        problem(commune.post(who, &path, &good).await, 403, "forbidden").await;
    }
    let mut bad = good.clone();
    bad["bank_bin"] = body!("12");
    problem(commune.post(CONTROLLER, &path, &bad).await, 422, "body_invalid").await;

    account(&commune, body!({})).await;

    let read = commune.read(MONEY, &path).await;
    promise::holds("UnitAccount", &read[0]);
    problem(commune.get(DESK, &path).await, 403, "forbidden").await;
}

#[tokio::test]
async fn a_claimed_transfer_moves_nothing_until_the_accountant_has_seen_it() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;

    let waiting = claim(&commune, MAU, &dossier).await;

    assert_eq!((text(&waiting, "way"), text(&waiting, "state")), ("transfer", "claimed"));
    assert_eq!(text(&commune.now(MAU, &dossier).await, "fee_state"), "owed");
    let queue = commune.read(MONEY, "/v1/transfer-claims").await;
    assert_eq!(queue["items"], body!([waiting]));
    for (who, status) in [(DESK, 404), (NEIGHBOUR, 404), (MAU, 404), (HEAD, 409)] {
        assert_eq!(confirm(&commune, who, &waiting, "FT1").await.status(), status, "{who}");
    }
    let paid = json(confirm(&commune, MONEY, &waiting, "FT1").await, 201).await;
    assert_eq!((text(&paid, "state"), text(&paid, "decided_name")), ("paid", "Lò Thị Thu"));
    let now = commune.now(MAU, &dossier).await;
    assert_eq!((text(&now, "status"), text(&now, "fee_state")), ("processing", "paid"));
    assert_eq!(commune.read(MONEY, "/v1/transfer-claims").await["items"], body!([]));
}

#[tokio::test]
async fn one_transaction_of_the_bank_pays_one_dossier() {
    let commune = Commune::open().await;
    let (one, two) = (asked(&commune).await, asked(&commune).await);
    let (first, second) = (claim(&commune, DESK, &one).await, claim(&commune, MAU, &two).await);
    json(confirm(&commune, MONEY, &first, "FT1").await, 201).await;

    let told = problem(confirm(&commune, MONEY, &second, "FT1").await, 422, "body_invalid").await;

    assert_eq!(told["errors"][0]["code"], "booked_before");
    assert_eq!(text(&commune.now(MAU, &two).await, "fee_state"), "owed");
}

#[tokio::test]
async fn a_rejected_claim_says_why_and_another_may_follow() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let first = claim(&commune, MAU, &dossier).await;
    let path = format!("/v1/dossiers/{}/transfer-claims", text(&dossier, "id"));
    let second =
        problem(commune.post(MAU, &path, &body!({"reference": "FT2"})).await, 409, "act_refused").await;
    assert_eq!(second["blocked_by"][0]["code"], "claim_waiting");
    let path = format!("/v1/payments/{}/rejection", text(&first, "id"));
    problem(commune.post(MONEY, &path, &body!({"reason": " "})).await, 422, "body_invalid").await;

    let rejected =
        json(commune.post(MONEY, &path, &body!({"reason": "Không thấy tiền về."})).await, 201).await;

    assert_eq!(text(&rejected, "state"), "rejected");
    let again = confirm(&commune, MONEY, &first, "FT9").await;
    assert_eq!(problem(again, 409, "act_refused").await["blocked_by"][0]["code"], "claim_over");
    claim(&commune, MAU, &dossier).await;
}

#[tokio::test]
async fn f_06_a_transfer_seen_after_the_fee_was_paid_waits_to_be_given_back() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let waiting = claim(&commune, MAU, &dossier).await;
    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "1"})).await;

    let late = json(confirm(&commune, MONEY, &waiting, "FT1").await, 201).await;

    assert_eq!(text(&late, "state"), "refund_due");
    let refunds = commune.read(MONEY, "/v1/refunds").await;
    assert_eq!(
        (&refunds["items"][0]["ground"], &refunds["items"][0]["amount"]),
        (&body!("excess"), &body!(12_000))
    );
}

#[tokio::test]
async fn f_02_a_card_at_the_desk_is_a_slip_booked_once() {
    let commune = Commune::open().await;
    let (one, two) = (asked(&commune).await, asked(&commune).await);
    let slip = body!({"terminal": "POS-0001", "slip_number": "000123", "receipt_number": "8"});

    let paid = commune.done(DESK, &one, "card-payment", slip.clone()).await;
    let again = problem(commune.act(DESK, &two, "card-payment", &slip).await, 422, "body_invalid").await;

    assert_eq!(text(&paid, "fee_state"), "paid");
    assert_eq!(again["errors"][0]["code"], "booked_before");
    let rows = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&one, "id"))).await;
    promise::holds("Payment", &rows[0]);
    assert_eq!(
        (text(&rows[0], "way"), text(&rows[0], "evidence")),
        ("pos", "Thẻ tại quầy, máy POS POS-0001, hóa đơn 000123")
    );
    let history = commune.read(DESK, &format!("/v1/dossiers/{}/history", text(&one, "id"))).await;
    let words = history.as_array().unwrap().last().unwrap()["note"].to_string();
    assert!(words.contains("POS-0001") && !words.contains(text(&rows[0], "reference")), "X-06: {words}");
}

#[tokio::test]
async fn x_06_money_at_the_desk_or_on_the_account_is_never_told_as_paid_online() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let waiting = claim(&commune, MAU, &dossier).await;
    json(confirm(&commune, MONEY, &waiting, "FT1").await, 201).await;

    let history = commune.read(DESK, &format!("/v1/dossiers/{}/history", text(&dossier, "id"))).await;

    let entry = history.as_array().unwrap().iter().find(|entry| entry["act"] == "record_payment").unwrap();
    let said = entry["note"].as_str().unwrap();
    assert_eq!(said, "Chuyển khoản, giao dịch FT1", "the reference of a payment would read as online");
}

//! The ways to pay, one row each; and when the fee is asked.

use super::tally::{asked, confirm, opened, tell};
use crate::openapi::promise;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MONEY, receipt_number, text};
use serde_json::{Value, json as body};

async fn rows(commune: &Commune, who: &str, dossier: &Value) -> Vec<Value> {
    let path = format!("/v1/dossiers/{}/payments", text(dossier, "id"));
    commune.read(who, &path).await.as_array().unwrap().clone()
}

#[tokio::test]
async fn f_02_f_04_money_at_the_desk_is_a_payment_with_its_receipt() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;

    let paid = commune.done(MONEY, &dossier, "cash-payment", body!({"receipt_number": "00000012"})).await;

    let rows = rows(&commune, MAU, &paid).await;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    promise::holds("Payment", row);
    assert_eq!(
        (text(row, "way"), text(row, "state"), text(row, "receipt")),
        ("cash", "paid", "Biên lai số 00000012")
    );
    assert_eq!((&row["amount"], &row["phi"], &row["le_phi"]), (&body!(12_000), &body!(12_000), &body!(0)));
    assert_eq!(text(&paid, "fee_state"), "paid");
}

#[tokio::test]
async fn f_02_f_04_money_online_is_a_payment_of_the_platform() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;

    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;

    let rows = rows(&commune, MAU, &dossier).await;
    let told: Vec<_> = rows.iter().map(|row| (text(row, "way"), text(row, "state"), &row["phi"])).collect();
    assert_eq!(told, [("platform", "paid", &body!(12_000))]);
}

#[tokio::test]
async fn f_04_what_the_post_collected_is_told_apart_from_the_desk() {
    let commune = Commune::open().await;
    let mut sent = commune.copies();
    sent["channel"] = body!("post");
    let sent = commune.submit(DESK, sent, |_| {}).await;
    let mut fetched = commune.copies();
    fetched["return_method"] = body!("post");
    let fetched = commune.submit(MAU, fetched, |_| {}).await;
    let fetched = commune.brought_to_the_head(&fetched).await;
    let decision = commune.decision("KQ-CC-01").await;
    let fetched = commune.done(HEAD, &fetched, "decision", decision).await;

    for dossier in [&sent, &fetched] {
        let paid =
            commune.done(MONEY, dossier, "cash-payment", body!({"receipt_number": receipt_number()})).await;
        assert_eq!(text(&rows(&commune, DESK, &paid).await[0], "way"), "post");
    }
}

#[tokio::test]
async fn f_02_a_fee_before_reception_holds_reception_up_and_one_after_holds_up_the_result() {
    let commune = Commune::open().await;
    let before = commune.submit(MAU, commune.trial(1), |_| {}).await;
    let after = commune.submit(MAU, commune.copies(), |_| {}).await;

    let refused = commune.refused(DESK, &before, "acceptance", body!({})).await;
    let after = commune.brought_to_the_head(&after).await;
    let decision = commune.decision("KQ-CC-01").await;
    let after = commune.done(HEAD, &after, "decision", decision).await;
    let kept = commune.refused(DESK, &after, "return", body!({"proof": "Ký nhận"})).await;

    for refusal in [&refused, &kept] {
        assert_eq!(refusal["blocked_by"][0]["code"], "fee_unpaid", "{refusal}");
    }
    let before = commune.done(DESK, &before, "cash-payment", body!({"receipt_number": "1"})).await;
    commune.done(DESK, &before, "acceptance", body!({})).await;
    let after = commune.done(DESK, &after, "cash-payment", body!({"receipt_number": "2"})).await;
    commune.done(DESK, &after, "return", body!({"proof": "Ký nhận"})).await;
}

#[tokio::test]
async fn f_07_a_fee_is_asked_and_taken_in_whole_dong_of_vietnam() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;

    for change in [("MaTienTe", "USD"), ("SoTien", "12000.5"), ("SoTien", "12000.00")] {
        let told = tell(&commune, confirm(text(&payment, "reference"), &[change]).to_string()).await;
        assert_eq!(told["MaLoi"], "99", "{change:?}");
    }

    assert_eq!(text(&commune.now(CASE, &dossier).await, "fee_state"), "owed");
    let kept =
        entities::payments::by_id(commune.database.reader(), text(&payment, "id").parse().unwrap()).await;
    assert_eq!(kept.unwrap().currency, "VND");
}

//! Opening a payment: by those who see the dossier whole, once, when something is due.

use super::tally::{asked, opened};
use crate::support::commune::{Commune, DESK, MAU, THU, text};
use crate::support::house::{json, problem};
use entities::jobs;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json as body;

#[tokio::test]
async fn a_payment_has_no_page_until_the_platform_gave_one() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;

    let payment = opened(&commune, &dossier).await;

    assert_eq!((text(&payment, "state"), &payment["amount"]), ("opening", &body!(12_000)));
    assert_eq!(text(&payment, "reference").len(), 20);
    assert!(payment.get("pay_url").is_none() && payment["paid_at"].is_null());
    let list = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&dossier, "id"))).await;
    assert_eq!(list, body!([payment]));
    let jobs = jobs::row::Entity::find().filter(jobs::row::Column::Kind.eq("open_payment"));
    assert_eq!(jobs.count(commune.database.reader()).await.unwrap(), 1);
}

#[tokio::test]
async fn an_open_payment_is_given_again() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let (first, second) = (opened(&commune, &dossier).await, opened(&commune, &dossier).await);
    assert_eq!(first, second);
}

#[tokio::test]
async fn nothing_is_opened_where_nothing_is_due() {
    let commune = Commune::open().await;
    let free = commune.submit(MAU, commune.birth(), |_| {}).await;
    let withdrawn = asked(&commune).await;
    let withdrawn = commune.done(MAU, &withdrawn, "withdrawal", body!({"reason": "Tôi đổi ý."})).await;
    let paid = asked(&commune).await;
    let paid = commune.done(DESK, &paid, "cash-payment", body!({"receipt_number": "1"})).await;
    for dossier in [free, withdrawn, paid] {
        let path = format!("/v1/dossiers/{}/payments", text(&dossier, "id"));
        let refusal = problem(commune.post(MAU, &path, &body!({})).await, 409, "act_refused").await;
        assert_eq!(refusal["blocked_by"][0]["code"], "no_fee_due");
        let listed = commune.read(MAU, &path).await;
        assert!(listed.as_array().unwrap().iter().all(|payment| payment["way"] == "cash"), "{listed}");
    }
}

#[tokio::test]
async fn a_stranger_opens_nothing() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let path = format!("/v1/dossiers/{}/payments", text(&dossier, "id"));
    problem(commune.post(THU, &path, &body!({})).await, 404, "not_found").await;
    problem(commune.get(THU, &path).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_fee_paid_before_it_was_asked_does_not_move_the_dossier() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let payment = opened(&commune, &dossier).await;
    let told =
        super::tally::tell(&commune, super::tally::confirm(text(&payment, "reference"), &[]).to_string());
    assert_eq!(told.await["MaLoi"], "00");
    let now = commune.now(MAU, &dossier).await;
    assert_eq!((text(&now, "status"), text(&now, "fee_state")), ("submitted", "paid"));
    let json =
        json(commune.get(MAU, &format!("/v1/dossiers/{}/history", text(&dossier, "id"))).await, 200).await;
    assert_eq!(json[1]["actor_name"], "Hệ thống một cửa");
}

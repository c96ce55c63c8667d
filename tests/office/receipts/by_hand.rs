//! Receipts written by hand: their form, one number for one kind of one payment, and the day after which there are none.

use super::scene::series;
use crate::payments::tally::asked;
use crate::refunds::scene::trial;
use crate::support::commune::{Commune, DESK, MAU, MONEY, text};
use crate::support::house::{json, problem};
use chrono::{DateTime, Utc};
use serde_json::{Value, json as body};

async fn refused(commune: &Commune, dossier: &Value, body: Value) -> String {
    let told = problem(commune.act(DESK, dossier, "cash-payment", &body).await, 422, "body_invalid").await;
    text(&told["errors"][0], "code").to_owned()
}

#[tokio::test]
async fn f_15_the_number_of_a_printed_book_has_its_form() {
    let commune = Commune::open().await;
    series(&commune, "phi", "paper", "DX/26G", "2026-01-01").await;
    let dossier = asked(&commune).await;

    for wrong in ["00000012", "12a", "0"] {
        assert_eq!(
            refused(&commune, &dossier, body!({"receipt_number": wrong})).await,
            "receipt_number_invalid"
        );
    }

    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "0000012"})).await;
}

#[tokio::test]
async fn f_14_no_paper_receipt_is_taken_from_2027_on() {
    let last: DateTime<Utc> = "2026-12-31T03:00:00Z".parse().unwrap();
    let commune = Commune::open_at(last).await;
    let (today, tomorrow) = (asked(&commune).await, asked(&commune).await);

    commune.done(DESK, &today, "cash-payment", body!({"receipt_number": "12"})).await;
    commune.pass(chrono::TimeDelta::days(1));

    assert_eq!(refused(&commune, &tomorrow, body!({"receipt_number": "13"})).await, "paper_receipt_ended");
    let elsewhere = body!({"receipt_number": "13", "receipt_medium": "electronic"});
    commune.done(DESK, &tomorrow, "cash-payment", elsewhere).await;
}

#[tokio::test]
async fn f_16_a_number_stands_for_one_payment_and_the_refusal_names_its_dossier() {
    let commune = Commune::open().await;
    let (first, second) = (asked(&commune).await, asked(&commune).await);
    commune.done(DESK, &first, "cash-payment", body!({"receipt_number": "12"})).await;

    let again = body!({"receipt_number": "0000012"});
    let told = problem(commune.act(DESK, &second, "cash-payment", &again).await, 422, "body_invalid").await;

    let told = &told["errors"][0];
    assert_eq!((text(told, "code"), text(told, "pointer")), ("receipt_number_used", "/receipt_number"));
    assert!(text(told, "message").contains(text(&first, "code")), "{told}");
    let other = body!({"receipt_number": "12", "receipt_medium": "electronic"});
    commune.done(DESK, &second, "cash-payment", other).await;
}

#[tokio::test]
async fn f_16_a_number_begins_anew_with_the_year_and_with_another_book() {
    let before: DateTime<Utc> = "2025-12-31T03:00:00Z".parse().unwrap();
    let commune = Commune::open_at(before).await;
    let (old, new, later) = (asked(&commune).await, asked(&commune).await, asked(&commune).await);
    commune.done(DESK, &old, "cash-payment", body!({"receipt_number": "12"})).await;

    commune.pass(chrono::TimeDelta::days(1));
    commune.done(DESK, &new, "cash-payment", body!({"receipt_number": "12"})).await;
    assert_eq!(refused(&commune, &later, body!({"receipt_number": "12"})).await, "receipt_number_used");
    series(&commune, "phi", "paper", "DX/26G", "2026-01-01").await;

    commune.done(DESK, &later, "cash-payment", body!({"receipt_number": "12"})).await;
}

#[tokio::test]
async fn f_17_one_number_does_not_stand_for_phi_and_le_phi() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, trial(&commune), |_| {}).await;
    for alone in [
        body!({"receipt_number": "12"}),
        body!({"le_phi_receipt_number": "12"}),
        body!({"receipt_number": "12", "le_phi_receipt_number": "0012"}),
    ] {
        assert_eq!(refused(&commune, &dossier, alone).await, "two_receipts_needed");
    }

    let both = body!({"receipt_number": "12", "le_phi_receipt_number": "34"});
    commune.done(DESK, &dossier, "cash-payment", both).await;

    let path = format!("/v1/dossiers/{}/payments", text(&dossier, "id"));
    let payment = commune.read(MAU, &path).await[0].clone();
    assert_eq!(text(&payment, "receipt"), "Biên lai phí số 12, lệ phí số 34");
    let of_phi_alone = asked(&commune).await;
    let two = body!({"receipt_number": "13", "le_phi_receipt_number": "35"});
    assert_eq!(refused(&commune, &of_phi_alone, two).await, "kind_not_owed");
    let of_le_phi = body!({"receipt_number": "34"});
    commune.done(DESK, &of_phi_alone, "cash-payment", of_le_phi).await;
}

#[tokio::test]
async fn f_16_two_desks_that_type_one_number_at_once_book_it_once() {
    let commune = Commune::open().await;
    let (first, second) = (asked(&commune).await, asked(&commune).await);
    let number = body!({"receipt_number": "12"});

    let (one, other) = tokio::join!(
        commune.act(DESK, &first, "cash-payment", &number),
        commune.act(DESK, &second, "cash-payment", &number),
    );

    let mut answers = [one.status().as_u16(), other.status().as_u16()];
    answers.sort_unstable();
    assert!(matches!(answers, [201, 409 | 422]), "{answers:?}");
}

#[tokio::test]
async fn f_16_the_accountant_gives_a_number_of_its_own_too() {
    let commune = Commune::open().await;
    let (first, second) = (asked(&commune).await, asked(&commune).await);
    commune.done(DESK, &first, "cash-payment", body!({"receipt_number": "12"})).await;
    let path = format!("/v1/dossiers/{}/transfer-claims", text(&second, "id"));
    let claim = json(commune.post(MAU, &path, &body!({"reference": "FT1"})).await, 201).await;
    let path = format!("/v1/payments/{}/confirmation", text(&claim, "id"));
    let seen = |number: &str| body!({"bank_reference": "FT1", "receipt_number": number});

    let told = problem(commune.post(MONEY, &path, &seen("12")).await, 422, "body_invalid").await;
    json(commune.post(MONEY, &path, &seen("13")).await, 201).await;

    assert_eq!(told["errors"][0]["code"], "receipt_number_used");
}

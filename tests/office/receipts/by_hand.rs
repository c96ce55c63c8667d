//! Receipts written by hand: their form, and the day after which there are none.

use super::scene::series;
use crate::payments::tally::asked;
use crate::support::commune::{Commune, DESK, text};
use crate::support::house::problem;
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

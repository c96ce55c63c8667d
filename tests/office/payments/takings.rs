//! What a unit took on a day, to be compared with the Treasury (F-03).

use crate::openapi::promise;
use crate::payments::tally::{asked, confirm, opened, tell};
use crate::refunds::scene::{followed, paid_in_cash, proposed, trial};
use crate::support::commune::{Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, text};
use crate::support::house::problem;
use chrono::TimeDelta;
use serde_json::{Value, json as body};

fn of(commune: &Commune, day: &str) -> String {
    format!("/v1/reports/takings?unit={}&day={day}", commune.unit)
}

async fn today(commune: &Commune) -> Value {
    commune.read(MONEY, &of(commune, "2026-03-10")).await
}

#[tokio::test]
async fn f_03_the_takings_of_a_day_tell_phi_and_le_phi_apart_by_way_of_payment() {
    let commune = Commune::open().await;
    paid_in_cash(&commune).await;
    paid_in_cash(&commune).await;
    let online = asked(&commune).await;
    let payment = opened(&commune, &online).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    let both = commune.submit(MAU, trial(&commune), |_| {}).await;
    commune
        .done(DESK, &both, "cash-payment", body!({"receipt_number": "9", "le_phi_receipt_number": "10"}))
        .await;

    let told = today(&commune).await;

    promise::holds("Takings", &told);
    let cash = |count: u32, amount: u32| body!({"way": "cash", "count": count, "amount": amount});
    let phi = &told["accounts"][0];
    assert_eq!(phi["ways"], body!([{"way": "platform", "count": 1, "amount": 12_000}, cash(3, 34_000)]));
    let le_phi = &told["accounts"][1];
    assert_eq!((&le_phi["kind"], &le_phi["ways"]), (&body!("le_phi"), &body!([cash(1, 25_000)])));
    assert_eq!(
        (&phi["taken"], &le_phi["taken"], &told["taken"]),
        (&body!(46_000), &body!(25_000), &body!(71_000))
    );
}

#[tokio::test]
async fn f_03_refunds_stand_beside_the_takings_on_the_day_they_are_paid_out() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    let refund = proposed(&commune, &payment, ("mistaken", "phi", 2_000)).await;
    let refund = followed(&commune, HEAD, &refund, "approval", body!({})).await;
    let before = today(&commune).await;
    commune.pass(TimeDelta::days(1));

    followed(&commune, MONEY, &refund, "payout", body!({"proof": "Ủy nhiệm chi số 1"})).await;

    assert_eq!(today(&commune).await, before, "the day before stays as it was");
    let next = commune.read(HEAD, &of(&commune, "2026-03-11")).await;
    assert_eq!((&next["taken"], &next["refunded"]), (&body!(0), &body!(2_000)));
    assert_eq!((&next["accounts"][0]["refunds"], &next["accounts"][1]["refunds"]), (&body!(1), &body!(0)));
}

#[tokio::test]
async fn f_03_a_day_is_a_day_of_the_office() {
    let commune = Commune::open().await;
    commune.clock.advance(TimeDelta::minutes(14 * 60 + 59));
    paid_in_cash(&commune).await;
    commune.clock.advance(TimeDelta::minutes(1));
    paid_in_cash(&commune).await;

    let taken = [today(&commune).await, commune.read(MONEY, &of(&commune, "2026-03-11")).await];

    assert_eq!(taken.map(|day| day["taken"].clone()), [body!(12_000), body!(12_000)]);
}

#[tokio::test]
async fn f_03_takings_are_told_to_whom_the_money_of_the_unit_concerns() {
    let commune = Commune::open().await;
    for who in [MONEY, HEAD, INSPECTOR] {
        commune.read(who, &of(&commune, "2026-03-10")).await;
    }
    for who in [MAU, DESK, NEIGHBOUR] {
        problem(commune.get(who, &of(&commune, "2026-03-10")).await, 403, "forbidden").await;
    }
    problem(commune.get(MONEY, &of(&commune, "hôm nay")).await, 400, "query_invalid").await;
}

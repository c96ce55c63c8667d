//! On which ground, and how much: the frozen policy, money that came twice or too late, and never more than came in.

use super::scene::{
    blocks, follow, followed, paid_in_cash, payments, propose, proposed, rejected_on_the_merits,
};
use crate::payments::tally::{asked, confirm, opened, tell};
use crate::support::commune::{Commune, DESK, HEAD, MAU, MONEY, text};
use crate::support::house::json;
use serde_json::{Value, json as body};

async fn waiting(commune: &Commune) -> Vec<Value> {
    commune.read(MONEY, "/v1/refunds").await["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn f_06_never_more_than_came_in_and_is_not_given_back_yet() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    proposed(&commune, &payment, ("mistaken", "phi", 8_000)).await;

    assert_eq!(
        blocks(propose(&commune, MONEY, &payment, ("mistaken", "phi", 4_001)).await).await,
        ["more_than_left"]
    );
    assert_eq!(
        blocks(propose(&commune, MONEY, &payment, ("mistaken", "le_phi", 1)).await).await,
        ["nothing_paid"]
    );

    proposed(&commune, &payment, ("mistaken", "phi", 4_000)).await;
    assert_eq!(
        blocks(propose(&commune, MONEY, &payment, ("mistaken", "phi", 1)).await).await,
        ["more_than_left"]
    );
}

#[tokio::test]
async fn f_06_ten_proposals_at_once_give_back_the_money_once() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;

    let all = (0..10).map(|_| propose(&commune, MONEY, &payment, ("mistaken", "phi", 12_000)));
    let answers = futures::future::join_all(all).await;

    let taken = answers.iter().filter(|answer| answer.status() == 201).count();
    assert_eq!((taken, waiting(&commune).await.len()), (1, 1));
}

#[tokio::test]
async fn f_06_the_tariff_says_what_goes_back_when_nothing_is_granted() {
    let commune = Commune::open().await;
    let dossier = rejected_on_the_merits(&commune).await;
    let payment = payments(&commune, &dossier).await[0].clone();
    assert_eq!((&payment["le_phi"], &payment["phi"]), (&body!(25_000), &body!(10_000)));

    let phi = propose(&commune, MONEY, &payment, ("policy", "phi", 1)).await;
    let too_much = propose(&commune, MONEY, &payment, ("policy", "le_phi", 25_001)).await;

    assert_eq!(blocks(phi).await, ["ground_does_not_hold"], "its tariff says never");
    assert_eq!(blocks(too_much).await, ["more_than_left"]);
    proposed(&commune, &payment, ("policy", "le_phi", 25_000)).await;
}

#[tokio::test]
async fn f_06_no_policy_holds_while_the_dossier_goes_on() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    for ground in ["policy", "excess", "late_success"] {
        let told = propose(&commune, MONEY, &payment, (ground, "phi", 1)).await;
        assert_eq!(blocks(told).await, ["ground_does_not_hold"], "{ground}");
    }
}

#[tokio::test]
async fn f_06_money_that_came_too_late_is_proposed_back_by_the_office() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    commune.done(MAU, &dossier, "withdrawal", body!({"reason": "Tôi đổi ý."})).await;

    let news = confirm(text(&payment, "reference"), &[]).to_string();
    for _ in 0..2 {
        tell(&commune, news.clone()).await;
    }

    let refunds = waiting(&commune).await;
    let [refund] = refunds.as_slice() else { panic!("{refunds:?}") };
    let said =
        (text(refund, "ground"), text(refund, "kind"), &refund["amount"], text(refund, "proposed_name"));
    assert_eq!(said, ("late_success", "phi", &body!(12_000), "Hệ thống một cửa"));
    assert_eq!(
        blocks(propose(&commune, MONEY, &payment, ("late_success", "phi", 1)).await).await,
        ["more_than_left"]
    );
    let approved = followed(&commune, HEAD, refund, "approval", body!({})).await;
    followed(&commune, MONEY, &approved, "payout", body!({"proof": "Ủy nhiệm chi số 3"})).await;
}

#[tokio::test]
async fn f_06_a_fee_paid_twice_is_excess_whichever_way_it_came_first() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "1"})).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    let other = asked(&commune).await;
    let twice = opened(&commune, &other).await;
    for transaction in ["GD000002", "GD000003"] {
        let news = confirm(text(&twice, "reference"), &[("MaGiaoDich", transaction)]);
        tell(&commune, news.to_string()).await;
    }

    let refunds = waiting(&commune).await;

    let said: Vec<_> =
        refunds.iter().map(|r| (text(r, "ground"), text(r, "dossier"), &r["amount"])).collect();
    let expected = [&other, &dossier].map(|dossier| ("excess", text(dossier, "id"), body!(12_000)));
    assert_eq!(said, expected.each_ref().map(|(ground, dossier, amount)| (*ground, *dossier, amount)));
    assert_eq!(
        json(commune.get(MAU, &format!("/v1/dossiers/{}", text(&other, "id"))).await, 200).await["fee_state"],
        "paid"
    );
}

#[tokio::test]
async fn f_06_l_48_a_correction_takes_the_ground_of_a_refund_away() {
    let commune = Commune::open().await;
    let dossier = rejected_on_the_merits(&commune).await;
    let payment = payments(&commune, &dossier).await[0].clone();
    let refund = proposed(&commune, &payment, ("policy", "le_phi", 25_000)).await;
    let taken_back = commune.done(HEAD, &dossier, "correction", body!({"reason": "Xét nhầm hồ sơ."})).await;
    commune.done(HEAD, &taken_back, "decision", commune.decision("KQ-T11").await).await;

    let told = follow(&commune, HEAD, &refund, "approval", body!({})).await;

    assert_eq!(blocks(told).await, ["ground_does_not_hold"], "what was asked for has been granted");
}

//! Whose hands a refund goes through: two persons, each once, with words and proof.

use super::scene::{also, blocks, follow, followed, paid_in_cash, propose, proposed};
use crate::openapi::promise;
use crate::support::commune::{Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, key, text};
use crate::support::house::{json, problem};
use entities::tables::payments;
use reqwest::Method;
use rules::actor::Role;
use sea_orm::EntityTrait;
use serde_json::json as body;

#[tokio::test]
async fn f_06_money_goes_back_by_two_persons_and_the_payment_stays() {
    let commune = Commune::open().await;
    let (dossier, payment) = paid_in_cash(&commune).await;
    let before = payments::Entity::find().all(commune.database.reader()).await.unwrap();

    let refund = proposed(&commune, &payment, ("mistaken", "phi", 2_000)).await;
    let approved = followed(&commune, HEAD, &refund, "approval", body!({})).await;
    let out = followed(&commune, MONEY, &approved, "payout", body!({"proof": "Ủy nhiệm chi số 27"})).await;

    promise::holds("Refund", &out);
    let names = (text(&out, "proposed_name"), text(&out, "decided_name"), text(&out, "paid_out_name"));
    assert_eq!(names, ("Lò Thị Thu", "Nông Văn Duyệt", "Lò Thị Thu"));
    assert_eq!(
        (text(&out, "state"), text(&out, "proof"), &out["amount"]),
        ("paid_out", "Ủy nhiệm chi số 27", &body!(2_000))
    );
    assert_eq!(payments::Entity::find().all(commune.database.reader()).await.unwrap(), before);
    assert_eq!(commune.read(MONEY, &format!("/v1/refunds/{}", text(&refund, "id"))).await, out);
    let told = super::scene::payments(&commune, &dossier).await;
    assert_eq!(
        (&told[0]["amount"], &told[0]["refunded"]),
        (&body!(12_000), &body!(2_000)),
        "the payer sees it"
    );
}

#[tokio::test]
async fn f_06_one_person_with_both_roles_does_not_approve_their_own() {
    let commune = Commune::open().await;
    also(&commune, HEAD, Role::Finance).await;
    let (_, payment) = paid_in_cash(&commune).await;
    let own = json(propose(&commune, HEAD, &payment, ("mistaken", "phi", 1_000)).await, 201).await;
    let of_another = proposed(&commune, &payment, ("mistaken", "phi", 1_000)).await;

    let told = problem(follow(&commune, HEAD, &own, "approval", body!({})).await, 409, "act_refused").await;

    assert_eq!(told["blocked_by"][0]["code"], "same_person");
    assert!(text(&told["blocked_by"][0], "message").contains("hai người khác nhau"), "{told}");
    let approved = followed(&commune, HEAD, &of_another, "approval", body!({})).await;
    let paying = follow(&commune, HEAD, &approved, "payout", body!({"proof": "Phiếu chi 1"})).await;
    assert_eq!(blocks(paying).await, ["same_person"], "who approved does not pay out");
}

#[tokio::test]
async fn f_06_only_the_right_role_of_the_unit_does_each_step() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    let refund = proposed(&commune, &payment, ("mistaken", "phi", 2_000)).await;

    assert_eq!(blocks(propose(&commune, HEAD, &payment, ("mistaken", "phi", 1)).await).await, ["wrong_role"]);
    let own = follow(&commune, MONEY, &refund, "approval", body!({})).await;
    assert_eq!(blocks(own).await, ["wrong_role", "same_person"]);
    let early = follow(&commune, MONEY, &refund, "payout", body!({"proof": "Phiếu chi 1"})).await;
    assert_eq!(blocks(early).await, ["wrong_refund_state"]);
    for who in [MAU, DESK, NEIGHBOUR] {
        problem(propose(&commune, who, &payment, ("mistaken", "phi", 1)).await, 404, "not_found").await;
        problem(follow(&commune, who, &refund, "approval", body!({})).await, 404, "not_found").await;
        problem(commune.get(who, "/v1/refunds").await, 403, "forbidden").await;
    }
}

#[tokio::test]
async fn f_06_a_rejected_sum_may_be_proposed_again() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    let refund = proposed(&commune, &payment, ("mistaken", "phi", 12_000)).await;

    let rejected = followed(&commune, HEAD, &refund, "rejection", body!({"reason": "Khoản thu đúng."})).await;

    assert_eq!((text(&rejected, "state"), text(&rejected, "rejection")), ("rejected", "Khoản thu đúng."));
    let late = follow(&commune, HEAD, &rejected, "approval", body!({})).await;
    assert_eq!(blocks(late).await, ["wrong_refund_state"]);
    proposed(&commune, &payment, ("mistaken", "phi", 12_000)).await;
}

#[tokio::test]
async fn f_07_a_refund_is_whole_dong_with_words() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    let path = format!("/v1/payments/{}/refunds", text(&payment, "id"));
    for (change, pointer) in [
        (("amount", body!(0)), "/amount"),
        (("amount", body!(-5)), "/amount"),
        (("amount", body!(1_000.5)), "/amount"),
        (("amount", body!("12000")), "/amount"),
        (("reason", body!(" … ")), "/reason"),
        (("kind", body!("tien_phat")), "/kind"),
        (("currency", body!("USD")), "/currency"),
    ] {
        let mut asked = body!({"ground": "mistaken", "kind": "phi", "amount": 1, "reason": "Thu nhầm."});
        asked[change.0] = change.1;

        let told = problem(commune.post(MONEY, &path, &asked).await, 422, "body_invalid").await;

        assert_eq!(told["errors"][0]["pointer"], pointer, "{told}");
    }
    let refund = proposed(&commune, &payment, ("mistaken", "phi", 1)).await;
    for (who, act, words) in
        [(HEAD, "rejection", body!({"reason": ""})), (MONEY, "payout", body!({"proof": "-"}))]
    {
        problem(follow(&commune, who, &refund, act, words).await, 422, "body_invalid").await;
    }
}

#[tokio::test]
async fn a_step_seen_too_late_is_stale_and_a_repeated_one_hears_the_same() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    let refund = proposed(&commune, &payment, ("mistaken", "phi", 2_000)).await;
    let path = format!("/v1/refunds/{}/approval", text(&refund, "id"));
    let (one, seen) = (key(), format!("\"{}\"", refund["version"]));
    let approve = async |key: &str, seen: &str| {
        let request = commune.ask_as(HEAD, Method::POST, &path).header("idempotency-key", key);
        request.header("if-match", seen).json(&body!({})).send().await.unwrap()
    };

    let first = json(approve(&one, &seen).await, 201).await;

    assert_eq!(json(approve(&one, &seen).await, 201).await, first);
    problem(approve(&key(), &seen).await, 412, "stale").await;
    let bare = commune.post(HEAD, &path, &body!({})).await;
    problem(bare, 428, "precondition_required").await;
}

#[tokio::test]
async fn refunds_are_listed_to_whom_they_concern_and_words_are_kept_from_the_inspector() {
    let commune = Commune::open().await;
    let (_, payment) = paid_in_cash(&commune).await;
    let first = proposed(&commune, &payment, ("mistaken", "phi", 1_000)).await;
    let second = proposed(&commune, &payment, ("mistaken", "phi", 2_000)).await;
    let approved = followed(&commune, HEAD, &first, "approval", body!({})).await;

    let all = commune.read(MONEY, "/v1/refunds").await;
    let waiting = commune.read(HEAD, "/v1/refunds?state=proposed").await;
    let page = commune.read(MONEY, "/v1/refunds?limit=1").await;
    let next = format!("/v1/refunds?limit=1&after={}", text(&page, "next"));

    assert_eq!(all["items"], body!([second, approved]));
    assert_eq!(waiting["items"], body!([second]));
    assert_eq!(
        (&page["items"], &commune.read(MONEY, &next).await["items"]),
        (&body!([second]), &body!([approved]))
    );
    let elsewhere = format!("/v1/refunds?unit={}", commune.neighbour);
    assert_eq!(commune.read(MONEY, &elsewhere).await["items"], body!([]));
    let seen = commune.read(INSPECTOR, &format!("/v1/refunds?unit={}", commune.unit)).await;
    assert_eq!((&seen["items"][0]["amount"], &seen["items"][0]["reason"]), (&body!(2_000), &body!(null)));
    problem(commune.get(MONEY, "/v1/refunds?state=lost").await, 400, "query_invalid").await;
}

//! Where the payer pays and who that is: chosen, kept sealed, and ended in time.

use super::tally::{asked, confirm, opened, tell, verdicts};
use crate::openapi::promise;
use crate::support::clock;
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, THU, platform, receipt_number, text, time};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use connectors::registry::find;
use connectors::wire::Wire;
use entities::payments::enquiring::{Answer, answer};
use entities::payments::{expire, payer, silent};
use entities::tables::payments;
use sea_orm::EntityTrait;
use serde_json::{Value, json as body};

const OTHER: &str = "zz_other_platform";

/// A commune with two platforms.
async fn two_platforms() -> Commune {
    let entry = find("national_platform").unwrap();
    let second = (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).unwrap();
    Commune::open_with(clock::opening(), platform("http://127.0.0.1:9").with(OTHER, second)).await
}

async fn open(commune: &Commune, dossier: &Value, body: Value) -> Value {
    let path = format!("/v1/dossiers/{}/payments", text(dossier, "id"));
    json(commune.post(MAU, &path, &body).await, 201).await
}

async fn rows(commune: &Commune) -> Vec<payments::Model> {
    payments::Entity::find().all(commune.database.reader()).await.unwrap()
}

#[tokio::test]
async fn the_payer_chooses_the_platform_and_one_attempt_is_open() {
    let commune = two_platforms().await;
    let dossier = asked(&commune).await;
    let first = open(&commune, &dossier, body!({})).await;

    let other = open(&commune, &dossier, body!({"platform": OTHER})).await;
    let again = open(&commune, &dossier, body!({})).await;

    assert_eq!((text(&first, "platform"), text(&other, "platform")), ("national_platform", OTHER));
    assert_eq!(again, other, "whichever is open serves who did not choose");
    let list = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&dossier, "id"))).await;
    let states: Vec<_> = list.as_array().unwrap().iter().map(|row| text(row, "state")).collect();
    assert_eq!(states, ["cancelled", "opening"]);
}

#[tokio::test]
async fn a_platform_that_is_not_set_up_is_refused_with_its_place() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let path = format!("/v1/dossiers/{}/payments", text(&dossier, "id"));

    let told =
        problem(commune.post(MAU, &path, &body!({"platform": "nowhere"})).await, 422, "body_invalid").await;

    assert_eq!(
        (&told["errors"][0]["pointer"], &told["errors"][0]["code"]),
        (&body!("/platform"), &body!("platform_closed"))
    );
}

#[tokio::test]
async fn another_person_may_pay_and_is_kept_sealed() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let who = body!({"name": "Trần Văn Trả", "identity_number": "006099000003", "address": "Tổ 5"});

    open(&commune, &dossier, body!({"payer": who})).await;

    let row = rows(&commune).await.remove(0);
    let sealed = row.payer_sealed.clone().unwrap();
    assert!(!sealed.contains("Trả") && !sealed.contains("006099000003"));
    let named = payer::opened(&commune.office.sealer, row.id, &sealed).unwrap();
    assert_eq!(
        (named.name.as_str(), named.identity_number.as_deref()),
        ("Trần Văn Trả", Some("006099000003"))
    );
}

#[tokio::test]
async fn no_text_of_a_payment_takes_a_card_number() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let id = text(&dossier, "id");
    let card = "4111 1111 1111 1111";
    for (path, body, pointer) in [
        (format!("/v1/dossiers/{id}/payments"), body!({"payer": {"name": card}}), "/payer/name"),
        (
            format!("/v1/dossiers/{id}/payments"),
            body!({"payer": {"name": "A", "address": card}}),
            "/payer/address",
        ),
        (
            format!("/v1/dossiers/{id}/transfer-claims"),
            body!({"reference": format!("thẻ {card}")}),
            "/reference",
        ),
    ] {
        let told = problem(commune.post(MAU, &path, &body).await, 422, "body_invalid").await;
        let wrong = &told["errors"][0];
        assert_eq!(
            (&wrong["pointer"], &wrong["code"]),
            (&body!(pointer), &body!("card_number_given")),
            "{told}"
        );
    }
    for (act, body) in [
        ("card-payment", body!({"terminal": "POS-1", "slip_number": "4111111111111111"})),
        ("card-payment", body!({"terminal": card, "slip_number": "1", "receipt_number": "1"})),
        ("cash-payment", body!({"receipt_number": "4111111111111111"})),
    ] {
        let told = problem(commune.act(DESK, &dossier, act, &body).await, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["code"], "card_number_given", "{told}");
    }
    assert!(rows(&commune).await.is_empty());
}

#[tokio::test]
async fn an_attempt_runs_out_after_a_day_and_news_of_it_is_still_heard() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    assert_eq!(time(&payment, "expires_at") - time(&payment, "opened_at"), TimeDelta::hours(24));
    commune.pass(TimeDelta::hours(24));

    assert_eq!(expire(commune.database.writer(), commune.clock.now()).await.unwrap(), 1);

    let row = rows(&commune).await.remove(0);
    assert_eq!(row.state, "expired");
    assert_eq!(silent(commune.database.reader(), &[], commune.clock.now()).await.unwrap(), [row]);
    let told = tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    assert_eq!((&told["MaLoi"], verdicts(&commune).await), (&body!("00"), vec!["settled".to_owned()]));
    assert_eq!(text(&commune.now(MAU, &dossier).await, "fee_state"), "paid", "the fee was still owed");
}

#[tokio::test]
async fn f_06_money_of_an_expired_or_cancelled_attempt_goes_back_when_nothing_is_owed() {
    let commune = Commune::open().await;
    for expired in [true, false] {
        let dossier = asked(&commune).await;
        let payment = opened(&commune, &dossier).await;
        if expired {
            commune.pass(TimeDelta::hours(25));
            expire(commune.database.writer(), commune.clock.now()).await.unwrap();
        }
        commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": receipt_number()})).await;
        let number = format!("GD-{expired}");

        let change = [("MaGiaoDich", number.as_str())];
        let told = tell(&commune, confirm(text(&payment, "reference"), &change).to_string()).await;

        assert_eq!(told["MaLoi"], "00", "the platform may stop");
        assert_eq!(verdicts(&commune).await.pop().unwrap(), "refund_due");
    }
    let states: Vec<String> = rows(&commune).await.into_iter().map(|row| row.state).collect();
    assert_eq!(states.iter().filter(|state| *state == "refund_due").count(), 2);
}

#[tokio::test]
async fn a_platform_that_asks_hears_how_the_payment_stands() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let reference = text(&payment, "reference");
    let db = commune.database.reader();
    let ask = async |reference: &str, amount| {
        answer(db, ("national_platform", reference), amount, commune.clock.now()).await.unwrap().0
    };

    assert_eq!(ask(reference, Some(12_000)).await, Answer::Open);
    assert_eq!(ask(reference, None).await, Answer::Open);
    assert_eq!(ask(reference, Some(11_999)).await, Answer::WrongAmount);
    assert_eq!(ask("UNKNOWN", None).await, Answer::Unknown);
    commune.pass(TimeDelta::hours(24));
    assert_eq!(ask(reference, None).await, Answer::Ended);
    commune.pass(-TimeDelta::hours(24));
    commune.done(MAU, &dossier, "withdrawal", body!({"reason": "Tôi đổi ý."})).await;
    assert!(matches!(ask(reference, None).await, Answer::Ended | Answer::NothingDue));
}

#[tokio::test]
async fn f_04_the_ways_open_for_a_dossier_are_told() {
    let commune = two_platforms().await;
    let dossier = asked(&commune).await;
    let path = format!("/v1/payment-ways?dossier={}", text(&dossier, "id"));
    let keys = |ways: &Value| -> Vec<String> {
        ways.as_array().unwrap().iter().map(|way| text(way, "way").to_owned()).collect()
    };

    let before = commune.read(MAU, &path).await;
    super::transfers::account(&commune, body!({})).await;
    let after = commune.read(DESK, &path).await;

    promise::holds("OpenWay", &before[0]);
    assert_eq!(keys(&before), ["platform", "platform", "cash", "pos"]);
    assert_eq!(before[1]["platform"], OTHER);
    assert_eq!(keys(&after), ["platform", "platform", "transfer", "cash", "pos"]);
    problem(commune.get(INSPECTOR, &path).await, 403, "forbidden").await;
    problem(commune.get(THU, &path).await, 404, "not_found").await;
    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": receipt_number()})).await;
    assert_eq!(commune.read(MAU, &path).await, body!([]));
}

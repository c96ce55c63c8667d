//! The due date and its derivation, as the clock of a dossier starts, stands and goes on.

use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MONEY, text, time};
use crate::support::house::json;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use reqwest::Method;
use serde_json::{Value, json as body};

/// An instant of March 2026, in the time of Hà Nội.
fn march(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap() - TimeDelta::hours(7)
}

async fn derived(commune: &Commune, dossier: &Value) -> Value {
    commune.read(MAU, &format!("/v1/dossiers/{}/deadline", text(dossier, "id"))).await
}

fn rules(deadline: &Value) -> Vec<&str> {
    deadline["segments"].as_array().unwrap().iter().map(|s| text(s, "rule")).collect()
}

#[tokio::test]
async fn l_20_the_clock_starts_when_the_desk_receives() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let before = derived(&commune, &dossier).await;
    assert_eq!((&before["state"], &before["due"]), (&body!("not_started"), &body!(null)));

    commune.pass(TimeDelta::hours(1));
    let received = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    let after = derived(&commune, &received).await;
    assert_eq!((text(&after, "state"), time(&after, "due")), ("running", march(24, 17, 0)));
    assert_eq!((&after["original_due"], &after["due"]), (&after["due"], &received["due_at"]));
    let weekend: Vec<_> =
        after["segments"][0]["skipped"].as_array().unwrap().iter().map(|s| text(s, "date")).collect();
    assert_eq!(weekend, ["2026-03-14", "2026-03-15", "2026-03-21", "2026-03-22"]);
    assert_eq!(time(&received, "received_at"), march(10, 10, 0));
}

#[tokio::test]
async fn l_27_where_the_procedure_says_so_the_clock_only_stands_while_papers_are_awaited() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.pass(TimeDelta::days(2));
    let asked = commune.done(CASE, &dossier, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    let paused = derived(&commune, &asked).await;
    assert_eq!(
        (text(&paused, "state"), &paused["due"], &asked["due_at"]),
        ("paused", &body!(null), &body!(null))
    );
    assert_eq!(time(&paused, "original_due"), march(24, 17, 0));

    commune.pass(TimeDelta::days(5));
    let answered = commune.done(MAU, &asked, "supplement", body!({"papers": []})).await;

    // Two of ten working days were used by Thursday the 12th; eight are left from Tuesday the 17th.
    let resumed = derived(&commune, &answered).await;
    assert_eq!((text(&resumed, "state"), time(&resumed, "due")), ("running", march(27, 17, 0)));
    assert_eq!(resumed["due"], answered["due_at"]);
    assert!(rules(&resumed).len() >= 3, "{resumed}");
}

#[tokio::test]
async fn l_25_else_it_counts_from_the_start() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let asked = commune.done(DESK, &dossier, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    commune.pass(TimeDelta::days(1));
    let answered = commune.done(MAU, &asked, "supplement", body!({"papers": []})).await;
    assert_eq!(time(&dossier, "due_at"), march(10, 17, 0), "the same day");
    assert_eq!(time(&answered, "due_at"), march(11, 17, 0), "the same day again");
}

#[tokio::test]
async fn l_29_the_clock_stands_while_the_fee_is_awaited() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let asked = commune.done(CASE, &dossier, "payment-request", body!({})).await;
    assert!(asked["due_at"].is_null());
    assert_eq!(derived(&commune, &asked).await["state"], "paused");
    commune.pass(TimeDelta::days(1));
    let paid = commune.done(MONEY, &asked, "cash-payment", body!({"receipt_number": "1"})).await;
    assert_eq!(text(&paid, "status"), "processing");
    assert!(time(&paid, "due_at") > commune.clock.now(), "{paid}");
}

#[tokio::test]
async fn l_47_the_clock_stops_at_the_result() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let decided = commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;
    commune.pass(TimeDelta::days(9));
    let stopped = derived(&commune, &decided).await;
    assert_eq!(stopped["state"], "stopped");
    assert_eq!(time(&stopped, "original_due"), march(10, 17, 0));
}

#[tokio::test]
async fn l_12_the_hours_to_answer_count_again_from_a_fee_paid_first() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(1), |_| {}).await;
    let unpaid = commune.refused(DESK, &dossier, "acceptance", body!({})).await;
    assert_eq!(unpaid["blocked_by"][0]["code"], "fee_unpaid");
    assert_eq!(time(&dossier, "answer_due_at"), march(11, 9, 30));
    commune.pass(TimeDelta::days(1));
    let paid = commune.done(MONEY, &dossier, "cash-payment", body!({"receipt_number": "1"})).await;
    assert_eq!(time(&paid, "answer_due_at"), march(12, 9, 30));
    assert_eq!(text(&commune.done(DESK, &paid, "acceptance", body!({})).await, "status"), "received");
}

#[tokio::test]
async fn the_derivation_is_told_in_both_languages() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let path = format!("/v1/dossiers/{}/deadline", text(&dossier, "id"));
    let mut words = Vec::new();
    for language in ["vi", "en"] {
        let request = commune.ask_as(MAU, Method::GET, &path).header("accept-language", language);
        let told = json(request.send().await.unwrap(), 200).await;
        words.push(text(&told["segments"][0], "words").to_owned());
    }
    assert_ne!(words[0], words[1]);
    assert!(words[0].contains("ngày làm việc") && words[1].contains("working day"), "{words:?}");
}

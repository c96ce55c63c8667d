//! Putting the due date off: once, in time, with an apology; the first date stays.

use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, text, time};
use crate::support::house::problem;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde_json::{Value, json as body};

/// An instant of November 2026, in the time of Hà Nội.
fn november(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap() - TimeDelta::hours(7)
}

/// Received on Tuesday the 10th, ten working days: due on Wednesday the 25th, the day after a holiday.
async fn begun(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.done(DESK, &dossier, "forwarding", body!({})).await
}

fn later(day: &str) -> Value {
    body!({"new_due": day, "reason": "Phải chờ kết quả trích lục bản đồ."})
}

async fn shown(commune: &Commune, who: &str, dossier: &Value) -> Value {
    let actions = commune.read(who, &format!("/v1/dossiers/{}/actions", text(dossier, "id"))).await;
    actions.as_array().unwrap().iter().find(|action| action["act"] == "extend").unwrap().clone()
}

#[tokio::test]
async fn l_40_worked_example_12_the_apology_may_go_out_until_the_office_closes_on_monday() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;
    assert_eq!(time(&dossier, "due_at"), november(25, 17, 0));

    commune.clock.set(november(23, 17, 0));
    let in_time = shown(&commune, CASE, &dossier).await;
    let extended = commune.done(CASE, &dossier, "extension", later("2026-12-04")).await;

    assert_eq!(in_time["allowed"], true);
    assert_eq!(
        time(&extended, "due_at") - TimeDelta::hours(10),
        Utc.with_ymd_and_hms(2026, 12, 4, 0, 0, 0).unwrap()
    );
}

#[tokio::test]
async fn l_40_an_apology_after_the_last_day_is_refused() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;

    commune.clock.set(november(23, 17, 1));
    let refusal = commune.refused(CASE, &dossier, "extension", later("2026-12-04")).await;

    assert_eq!(refusal["blocked_by"][0]["code"], "apology_too_late");
    assert_eq!(refusal["blocked_by"][0]["legal_basis"], "NĐ 61/2018 Đ19.9");
    let action = shown(&commune, CASE, &dossier).await;
    assert_eq!(
        (&action["allowed"], &action["blocked_by"][0]["code"]),
        (&body!(false), &body!("apology_too_late"))
    );
    assert_eq!(commune.now(CASE, &dossier).await["due_at"], dossier["due_at"]);
}

#[tokio::test]
async fn l_41_the_first_date_is_kept_and_shown_beside_the_new_one() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;
    assert_eq!((&dossier["first_due_at"], &dossier["extensions"]), (&dossier["due_at"], &body!(0)));

    let extended = commune.done(CASE, &dossier, "extension", later("2026-12-04")).await;

    for read in [extended.clone(), commune.now(MAU, &dossier).await] {
        assert_eq!((&read["first_due_at"], &read["extensions"]), (&dossier["due_at"], &body!(1)));
        assert_eq!(read["due_at"], extended["due_at"]);
    }
    let deadline = commune.read(MAU, &format!("/v1/dossiers/{}/deadline", text(&dossier, "id"))).await;
    assert_eq!((&deadline["original_due"], &deadline["due"]), (&dossier["due_at"], &extended["due_at"]));
    let last = deadline["derivation"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["rule"], "extended");
    let history = commune.read(MAU, &format!("/v1/dossiers/{}/history", text(&dossier, "id"))).await;
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["act"], &last["note"]),
        (&body!("extend"), &body!("Phải chờ kết quả trích lục bản đồ."))
    );
}

#[tokio::test]
async fn l_42_a_second_extension_is_refused_to_everybody() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;
    let extended = commune.done(CASE, &dossier, "extension", later("2026-12-04")).await;

    for who in [CASE, HEAD] {
        let refusal = commune.refused(who, &extended, "extension", later("2026-12-11")).await;
        assert_eq!(refusal["blocked_by"][0]["code"], "extension_used_up", "{who}");
        let action = shown(&commune, who, &extended).await;
        assert_eq!(action["blocked_by"][0]["code"], "extension_used_up");
    }
    assert_eq!(commune.now(CASE, &extended).await["due_at"], extended["due_at"]);
}

#[tokio::test]
async fn w_04_a_new_date_on_a_day_off_moves_on_to_the_next_working_day() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;

    let extended = commune.done(CASE, &dossier, "extension", later("2026-11-28")).await;

    assert_eq!(time(&extended, "due_at"), november(30, 17, 0));
}

#[tokio::test]
async fn l_40_a_new_date_must_be_later_than_the_old_one() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;

    for day in ["2026-11-25", "2026-11-24", "2026-11-20", "2020-01-01"] {
        let told =
            problem(commune.act(CASE, &dossier, "extension", &later(day)).await, 422, "body_invalid").await;
        assert_eq!(
            (text(&told["errors"][0], "pointer"), text(&told["errors"][0], "code")),
            ("/new_due", "not_later")
        );
    }
    assert_eq!(commune.now(CASE, &dossier).await["extensions"], 0);
}

#[tokio::test]
async fn l_40_who_does_not_process_it_cannot_put_it_off_and_nobody_can_without_a_reason() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = begun(&commune).await;

    let desk = commune.refused(DESK, &dossier, "extension", later("2026-12-04")).await;
    let mut silent = later("2026-12-04");
    silent["reason"] = body!(" 1 ");
    let silent = commune.refused(CASE, &dossier, "extension", silent).await;

    assert_eq!(desk["blocked_by"][0]["code"], "wrong_role");
    assert_eq!(silent["blocked_by"][0]["code"], "reason_missing");
}

#[tokio::test]
async fn l_40_before_the_clock_runs_there_is_no_date_to_put_off() {
    let commune = Commune::open_at(november(10, 9, 0)).await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;

    let refusal = commune.refused(CASE, &dossier, "extension", later("2026-12-04")).await;

    assert_eq!(refusal["blocked_by"][0]["code"], "wrong_status");
}

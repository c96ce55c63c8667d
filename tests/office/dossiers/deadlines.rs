//! The due date and its derivation, as the clock of a dossier starts, stands and goes on.

use crate::openapi::promise;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MONEY, text, time};
use crate::support::house::problem;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde_json::{Value, json as body};

/// An instant of March 2026, in the time of Hà Nội.
fn march(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap() - TimeDelta::hours(7)
}

/// An instant of December 2025, in the time of Hà Nội.
fn december(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 12, day, hour, 0, 0).unwrap() - TimeDelta::hours(7)
}

async fn derived(commune: &Commune, dossier: &Value) -> Value {
    commune.read(MAU, &format!("/v1/dossiers/{}/deadline", text(dossier, "id"))).await
}

fn rules(deadline: &Value) -> Vec<&str> {
    deadline["derivation"].as_array().unwrap().iter().map(|s| text(s, "rule")).collect()
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
        after["derivation"][0]["skipped"].as_array().unwrap().iter().map(|s| text(s, "date")).collect();
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
async fn the_derivation_is_told_in_both_languages_with_calendar_and_documents() {
    let commune = Commune::open_at(december(31, 9)).await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    let told = derived(&commune, &dossier).await;

    promise::holds("Deadline", &told);
    let words = &told["derivation"][0]["words"];
    assert_eq!(
        text(words, "vi"),
        "Tính 10 ngày làm việc, không kể ngày 31/12/2025, đến 17:00 ngày 15/01/2026; bỏ qua ngày nghỉ: \
         01/01/2026 (Tết Dương lịch, Bộ luật Lao động 45/2019/QH14 Đ112), \
         02/01/2026 (Nghỉ hoán đổi, làm bù ngày 10/01/2026, CV 12729/VPCP-KGVX 25/12/2025), \
         03/01/2026 (Thứ Bảy), 04/01/2026 (Chủ nhật), 11/01/2026 (Chủ nhật); \
         tính cả ngày: 10/01/2026 (Làm bù cho ngày nghỉ 02/01/2026, CV 12729/VPCP-KGVX 25/12/2025). Căn cứ: BLDS 91/2015 Đ147.2, Đ148.5."
    );
    assert!(text(words, "en").starts_with("Counted 10 working days, leaving out 31 Dec 2025"), "{words}");
    assert_eq!(
        text(&told["words"], "vi"),
        "Hẹn trả kết quả lúc 17:00 ngày 15/01/2026. Tính theo lịch làm việc phiên bản 1 \
         (Bộ luật Lao động 45/2019/QH14 Đ112; CV 12729/VPCP-KGVX 25/12/2025)."
    );
    assert_eq!(told["calendar"]["version"], 1);
    assert_eq!(told["derivation"][0]["skipped"][1]["document"], "CV 12729/VPCP-KGVX 25/12/2025");
}

#[tokio::test]
async fn l_28_the_national_view_stands_beside_the_local_one() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    assert!(derived(&commune, &dossier).await["national"].is_null(), "not received yet");
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let asked = commune.done(CASE, &dossier, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    commune.pass(TimeDelta::days(5));
    commune.done(MAU, &asked, "supplement", body!({"papers": []})).await;
    commune.pass(TimeDelta::days(11));

    let told = derived(&commune, &dossier).await;

    // The 26th less five days is the 21st; the local date moved to the 27th because the clock stood.
    assert_eq!(time(&told, "due"), march(27, 17, 0));
    assert_eq!(told["national"]["on_time"], true);
    assert_eq!(
        text(&told["national"]["why"], "vi"),
        "Trừ 5 ngày chờ bổ sung thì tính đến 09:00 ngày 21/03/2026, so với hạn 17:00 ngày 27/03/2026. Căn cứ: QĐ 766/QĐ-TTg."
    );
}

#[tokio::test]
async fn l_50_a_past_moment_is_told_as_it_stood() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.pass(TimeDelta::hours(1));
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let path = |moment| format!("/v1/dossiers/{}/deadline?as_of={moment}", text(&dossier, "id"));

    let before = commune.read(MAU, &path("2026-03-10T02:30:00Z")).await;
    let now = commune.read(MAU, &path("2026-03-10T03:00:00Z")).await;

    assert_eq!((text(&before, "state"), &before["due"]), ("not_started", &body!(null)));
    assert_eq!(text(&before["words"], "vi"), "Thời hạn chưa bắt đầu tính.");
    assert_eq!((text(&now, "state"), time(&now, "due")), ("running", march(24, 17, 0)));
    let ahead = commune.get(MAU, &path("2026-03-11T03:00:00Z")).await;
    problem(ahead, 400, "query_invalid").await;
}

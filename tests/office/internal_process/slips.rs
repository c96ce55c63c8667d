//! The control slip: every hand-over, who gave, who took, until when, and how it went.

use super::scene::{appraised, asked, below, codes, for_signature, received};
use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, MAU, NEIGHBOUR, SECOND_CASE, THU, text};
use crate::support::house::problem;
use chrono::{TimeDelta, TimeZone, Utc};
use serde_json::{Value, json};

async fn slip(commune: &Commune, who: &str, dossier: &Value) -> Vec<Value> {
    below(commune, who, dossier, "control-slip").await.as_array().unwrap().clone()
}

fn names(row: &Value) -> (&str, &str) {
    let name = |member| row[member].as_str().unwrap_or("–");
    (name("giver_name"), name("receiver_name"))
}

#[tokio::test]
async fn l_53_the_slip_tells_every_hand_over_from_the_desk_to_the_signature() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    commune.pass(TimeDelta::minutes(30));
    let dossier = commune.done(DESK, &dossier, "forwarding", json!({"note": "Đủ giấy tờ."})).await;
    commune.pass(TimeDelta::hours(1));
    let dossier = commune.done(CASE, &dossier, "claim", json!({})).await;
    commune.pass(TimeDelta::days(2));
    let dossier = commune.done(CASE, &dossier, "forwarding", json!({})).await;
    commune.pass(TimeDelta::days(5));
    let dossier = commune.done(HEAD, &dossier, "decision", commune.decision("KQ-T2").await).await;

    let rows = slip(&commune, CASE, &dossier).await;

    let steps: Vec<_> = rows.iter().map(|row| row["step"].as_str().unwrap_or("–")).collect();
    assert_eq!(steps, ["–", "appraise", "approve"]);
    let people: Vec<_> = rows.iter().map(names).collect();
    let (desk, case, head) = ("Hoàng Văn Cửa", "Triệu Thị Lý", "Nông Văn Duyệt");
    assert_eq!(people, [("–", desk), (desk, case), (case, head)]);
    let outcomes: Vec<_> = rows.iter().map(|row| (text(row, "outcome"), text(row, "outcome_name"))).collect();
    assert_eq!(outcomes, [("on_time", "Đúng hạn"), ("early", "Trước hạn"), ("late", "Quá hạn")]);
    assert_eq!(
        (&rows[1]["given_at"], &rows[1]["received_at"]),
        (&json!("2026-03-10T02:30:00Z"), &json!("2026-03-10T03:30:00Z"))
    );
    assert_eq!(rows[1]["due_at"], "2026-03-23T10:00:00Z", "nine working days");
    assert_eq!(
        (&rows[2]["due_at"], &rows[1]["note"]),
        (&json!("2026-03-13T10:00:00Z"), &json!("Đủ giấy tờ."))
    );
    assert_eq!(rows[0]["unit_name"], "Ủy ban nhân dân phường Đức Xuân");
}

#[tokio::test]
async fn l_23_papers_taken_in_after_three_may_wait_for_the_next_morning() {
    for (hour, minute, due, handed_on, outcome) in [
        (8, 0, "2026-03-10T10:00:00Z", 1, "on_time"),
        (8, 0, "2026-03-10T10:00:00Z", 20, "late"),
        (8, 1, "2026-03-11T00:30:00Z", 16, "on_time"),
        (8, 1, "2026-03-11T00:30:00Z", 17, "late"),
    ] {
        let at = Utc.with_ymd_and_hms(2026, 3, 10, hour, minute, 0).unwrap();
        let commune = Commune::open_at(at).await;
        let mut application = commune.trial(2);
        application["channel"] = json!("desk");
        let dossier = commune.submit(DESK, application, |_| {}).await;
        let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
        commune.pass(TimeDelta::hours(handed_on));
        let dossier = commune.done(DESK, &dossier, "forwarding", json!({})).await;

        let rows = slip(&commune, DESK, &dossier).await;

        assert_eq!((text(&rows[0], "due_at"), text(&rows[0], "outcome")), (due, outcome), "{at} {handed_on}");
    }
}

#[tokio::test]
async fn l_24_what_came_online_after_three_goes_the_same_day() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2026, 3, 10, 8, 30, 0).unwrap()).await;
    let dossier = received(&commune).await;

    let rows = slip(&commune, DESK, &dossier).await;

    assert_eq!((text(&rows[0], "due_at"), &rows[0]["ended_at"]), ("2026-03-10T10:00:00Z", &Value::Null));
}

#[tokio::test]
async fn what_is_given_back_to_the_queue_has_no_receiver_until_it_is_taken_again() {
    let commune = Commune::open().await;
    let dossier = appraised(&commune).await;

    let dossier = commune.done(CASE, &dossier, "release", json!({})).await;
    let put_down = slip(&commune, CASE, &dossier).await;
    commune.pass(TimeDelta::hours(1));
    let dossier = commune.done(SECOND_CASE, &dossier, "claim", json!({})).await;
    let taken = slip(&commune, CASE, &dossier).await;

    assert_eq!((names(&put_down[1]), &put_down[1]["received_at"]), (("Hoàng Văn Cửa", "–"), &Value::Null));
    assert_eq!((names(&taken[1]).1, text(&taken[1], "received_at")), ("Mã Văn Lý", "2026-03-10T03:00:00Z"));
    assert_eq!(taken.len(), 2);
}

#[tokio::test]
async fn who_hands_on_what_nobody_had_claimed_had_it() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let dossier = commune.done(DESK, &dossier, "forwarding", json!({})).await;
    let dossier = commune.done(SECOND_CASE, &dossier, "forwarding", json!({})).await;

    let rows = slip(&commune, HEAD, &dossier).await;

    assert_eq!((names(&rows[1]), names(&rows[2])), (("Hoàng Văn Cửa", "Mã Văn Lý"), ("Mã Văn Lý", "–")));
}

#[tokio::test]
async fn l_50_what_is_sent_back_stands_on_the_slip_with_its_reason() {
    let commune = Commune::open().await;
    let dossier = for_signature(&commune).await;
    let back = json!({"step": "appraise", "reason": "Chưa đối chiếu bản chính."});

    let dossier = commune.done(HEAD, &dossier, "send-back", back).await;

    let (officer, owner) = (slip(&commune, CASE, &dossier).await, slip(&commune, MAU, &dossier).await);
    assert_eq!((text(&officer[3], "step"), names(&officer[3])), ("appraise", ("Nông Văn Duyệt", "–")));
    assert_eq!(officer[3]["note"], "Chưa đối chiếu bản chính.");
    assert!(owner[3].get("note").is_none(), "what officers say to each other is theirs");
    let history = below(&commune, CASE, &dossier, "history").await;
    let last = history.as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["act"], &last["step"]), (&json!("send_back"), &json!("appraise")));
    assert_eq!((&dossier["status"], &dossier["step"]), (&json!("processing"), &json!("appraise")));
    commune.done(CASE, &dossier, "forwarding", json!({})).await;
}

#[tokio::test]
async fn only_to_an_earlier_step_with_a_reason_and_by_the_step_itself() {
    let commune = Commune::open().await;
    let first = appraised(&commune).await;
    let back = |step: &str, reason: &str| json!({"step": step, "reason": reason});
    let at_first = commune.refused(CASE, &first, "send-back", back("appraise", "Nhầm.")).await;
    let dossier = commune.done(CASE, &first, "forwarding", json!({})).await;

    let silent = commune.refused(HEAD, &dossier, "send-back", back("appraise", "…")).await;
    let stranger = commune.refused(CASE, &dossier, "send-back", back("appraise", "Nhầm.")).await;
    let onward = commune.act(HEAD, &dossier, "send-back", &back("approve", "Nhầm.")).await;

    assert_eq!(codes(&at_first), ["no_earlier_step"]);
    assert_eq!(codes(&silent), ["reason_missing"]);
    assert_eq!(codes(&stranger), ["wrong_role"]);
    assert_eq!(codes(&problem(onward, 422, "body_invalid").await), ["step_unknown"]);
}

#[tokio::test]
async fn the_time_with_the_applicant_is_nobodys_stretch() {
    let commune = Commune::open().await;
    let dossier = appraised(&commune).await;
    let asked_for = json!({"reason": "Thiếu trang 2.", "components": ["T2-02"]});
    let dossier = commune.done(CASE, &dossier, "supplement-request", asked_for).await;
    commune.pass(TimeDelta::days(3));
    let file = commune.paper(MAU).await;
    let papers = json!({"papers": [{"component": "T2-02", "file": file}]});

    let dossier = commune.done(MAU, &dossier, "supplement", papers).await;

    let rows = slip(&commune, CASE, &dossier).await;
    assert_eq!((text(&rows[1], "ended_at"), text(&rows[1], "outcome")), ("2026-03-10T02:00:00Z", "early"));
    assert_eq!((text(&rows[2], "step"), names(&rows[2])), ("appraise", ("–", "Triệu Thị Lý")));
    assert_eq!(text(&rows[2], "given_at"), "2026-03-13T02:00:00Z");
}

#[tokio::test]
async fn a_stopped_and_a_withdrawn_dossier_leave_nothing_open() {
    for (who, act) in [(HEAD, "stop"), (MAU, "withdrawal")] {
        let commune = Commune::open().await;
        let dossier = appraised(&commune).await;

        let dossier = commune.done(who, &dossier, act, json!({"reason": "Người nộp đề nghị."})).await;

        let rows = slip(&commune, CASE, &dossier).await;
        assert!(rows.iter().all(|row| row["ended_at"].is_string()), "{act}: {rows:?}");
    }
}

#[tokio::test]
async fn the_slip_is_read_by_who_sees_the_dossier() {
    let commune = Commune::open().await;
    let dossier = appraised(&commune).await;

    problem(asked(&commune, THU, &dossier, "control-slip").await, 404, "not_found").await;

    let inspected = slip(&commune, INSPECTOR, &dossier).await;
    assert!(inspected.len() == 2 && inspected[1].get("note").is_none());
}

#[tokio::test]
async fn l_20_taking_in_for_another_unit_is_a_hand_over_to_it() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2026, 11, 10, 2, 0, 0).unwrap()).await;
    let dossier = commune.submit(MAU, boundless(&commune, true), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
    commune.pass(TimeDelta::hours(6));

    let dossier = commune.done(NEIGHBOUR, &dossier, "admission", json!({})).await;

    let rows = slip(&commune, DESK, &dossier).await;
    assert_eq!((names(&rows[0]), text(&rows[0], "outcome")), (("–", "Hoàng Văn Cửa"), "late"));
    assert_eq!(
        (names(&rows[1]), text(&rows[1], "given_at")),
        (("Hoàng Văn Cửa", "Vi Văn Bên"), "2026-11-10T08:00:00Z")
    );
    assert_eq!((&rows[0]["unit"], &rows[1]["unit"]), (&json!(commune.unit), &json!(commune.neighbour)));
}

#[tokio::test]
async fn l_53_the_catalogue_says_who_approved_the_steps_and_their_time_at_a_unit() {
    let commune = Commune::open().await;

    let procedure = commune.read(MAU, "/v1/procedures/9.000003").await;

    assert_eq!(procedure["process_decision"], json!({"number": "QĐ 7/QĐ-UBND", "approved_on": "2023-12-01"}));
    assert_eq!(
        procedure["steps"][0]["limits"],
        json!({"province": {"amount": 10, "unit": "half_working_days"}})
    );
}

#[tokio::test]
async fn l_53_a_step_takes_the_time_that_is_its_own_at_the_competent_unit() {
    for (elsewhere, due) in [(false, "2026-11-17T10:00:00Z"), (true, "2026-11-12T10:00:00Z")] {
        let commune = Commune::open_at(Utc.with_ymd_and_hms(2026, 11, 10, 2, 0, 0).unwrap()).await;
        let mut dossier = commune.submit(MAU, boundless(&commune, elsewhere), |_| {}).await;
        dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
        if elsewhere {
            dossier = commune.done(NEIGHBOUR, &dossier, "admission", json!({})).await;
        }

        let who = if elsewhere { NEIGHBOUR } else { DESK };
        let dossier = commune.done(who, &dossier, "forwarding", json!({})).await;

        let rows = slip(&commune, who, &dossier).await;
        let last = rows.last().unwrap();
        assert_eq!((text(last, "step"), text(last, "due_at")), ("settle", due), "{elsewhere}");
    }
}

/// A procedure that another unit may receive, for the unit here or for the neighbour.
fn boundless(commune: &Commune, elsewhere: bool) -> Value {
    let authority = if elsewhere { commune.neighbour } else { commune.unit };
    json!({
        "procedure": "9.000501", "unit": commune.unit, "authority": authority, "channel": "online",
        "applicant_kind": "citizen", "applicant": {"name": "Nguyễn Thị Mẫu"}, "form": {"note": "thử"},
        "papers": [{"component": "T51-01"}], "return_method": "desk",
    })
}

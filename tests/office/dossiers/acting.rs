//! Acts over HTTP: done, refused to the wrong person or at the wrong time, stale, and unguarded.

use crate::support::commune::{
    CASE, Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, POSTMAN, SECOND_CASE, THU, key, text,
};
use crate::support::house::{json, problem};
use reqwest::Method;
use serde_json::{Value, json as body};

/// Every act by its address, with a body that would do.
fn acts(file: &Value) -> [(&'static str, &'static str, Value); 13] {
    let reason = || body!({"reason": "Thiếu bản chính."});
    [
        ("accept", "acceptance", body!({})),
        ("refuse", "refusal", reason()),
        ("request_supplement", "supplement-request", reason()),
        ("answer_supplement", "supplement", body!({"papers": []})),
        ("claim", "claim", body!({})),
        ("release", "release", body!({})),
        ("forward", "forwarding", body!({"note": "Chuyển tiếp."})),
        ("request_payment", "payment-request", body!({})),
        ("record_payment", "cash-payment", body!({"receipt_number": "00000012"})),
        (
            "decide",
            "decision",
            body!({"outcome": "granted", "number": "1", "result_code": "KQ-CC-01", "file": file}),
        ),
        ("withdraw", "withdrawal", reason()),
        ("stop", "stop", reason()),
        ("return", "return", body!({"proof": "Đã ký nhận."})),
    ]
}

fn codes(refusal: &Value) -> Vec<&str> {
    refusal["blocked_by"].as_array().unwrap().iter().map(|b| b["code"].as_str().unwrap()).collect()
}

/// The acts a refusal or the list of actions allows.
fn named(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|act| act.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_dossier_goes_from_the_click_to_the_hand_over() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let steps = [
        (DESK, "claim", body!({}), "submitted"),
        (DESK, "acceptance", body!({}), "received"),
        (DESK, "forwarding", body!({"note": "Đủ giấy tờ."}), "processing"),
        (DESK, "forwarding", body!({}), "processing"),
        (CASE, "claim", body!({}), "processing"),
        (CASE, "payment-request", body!({}), "awaiting_payment"),
        (MONEY, "cash-payment", body!({"receipt_number": "12"}), "processing"),
        (CASE, "forwarding", body!({}), "processing"),
        (HEAD, "decision", commune.decision("KQ-CC-01").await, "decided"),
        (DESK, "return", body!({"proof": "Bà Mẫu đã ký nhận."}), "returned"),
    ];
    let mut now = dossier.clone();
    for (n, (who, act, body, status)) in steps.into_iter().enumerate() {
        now = commune.done(who, &now, act, body).await;
        assert_eq!((text(&now, "status"), &now["version"]), (status, &body!(n + 2)), "{act}");
    }
    let path = format!("/v1/dossiers/{}/history", text(&dossier, "id"));
    let history = commune.read(MAU, &path).await;
    let told: Vec<_> = history.as_array().unwrap().iter().map(|e| text(e, "act")).collect();
    let done = [
        "submit",
        "claim",
        "accept",
        "forward",
        "forward",
        "claim",
        "request_payment",
        "record_payment",
        "forward",
        "decide",
        "return",
    ];
    assert_eq!(told, done);
    assert_eq!((&history[3]["note"], &history[3]["step"]), (&body!("Đủ giấy tờ."), &body!("transfer")));
    assert_eq!(history[7]["note"], "Biên lai số 12");
    assert_eq!(history[9]["actor_title"], "Chức danh của Nông Văn Duyệt");
}

#[tokio::test]
async fn l_50_a_recorded_act_is_answered_with_its_place_and_version() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;

    let answer = commune.act(DESK, &dossier, "acceptance", &body!({})).await;

    assert_eq!(answer.headers()["etag"], "\"2\"");
    assert_eq!(answer.headers()["location"], format!("/v1/dossiers/{}/history", text(&dossier, "id")));
    let recorded = json(answer, 201).await;
    assert_eq!((&recorded["act"], &recorded["entry"]), (&body!("accept"), &body!(2)));
    assert_eq!(recorded["at"], "2026-03-10T02:00:00Z");
}

#[tokio::test]
async fn the_wrong_person_is_told_what_blocks_and_what_is_open() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let file = commune.paper(HEAD).await;
    for (who, open) in [
        (MAU, vec!["withdraw"]),
        (CASE, vec![]),
        (HEAD, vec![]),
        (MONEY, vec!["record_payment"]),
        (POSTMAN, vec![]),
        (INSPECTOR, vec![]),
    ] {
        for (act, noun, body) in acts(&file).into_iter().filter(|(act, ..)| !open.contains(act)) {
            let refusal = commune.refused(who, &dossier, noun, body).await;
            let said = codes(&refusal);
            assert!(!said.is_empty(), "{who} {act}");
            assert_eq!(named(&refusal["allowed_actions"]), open, "{who} {act}");
        }
    }
    assert_eq!(commune.now(MAU, &dossier).await["version"], 1, "nothing has changed");
}

#[tokio::test]
async fn an_act_out_of_order_is_told_where_the_dossier_stands() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let file = commune.paper(DESK).await;
    for (act, noun, body) in acts(&file) {
        if ["accept", "refuse", "request_supplement", "claim", "release", "record_payment"].contains(&act) {
            continue;
        }
        let who = if act == "withdraw" { THU } else { DESK };
        let answer = commune.act(who, &dossier, noun, &body).await;
        if act == "withdraw" {
            problem(answer, 404, "not_found").await;
            continue;
        }
        let refusal = problem(answer, 409, "act_refused").await;
        assert_eq!(codes(&refusal), ["wrong_status"], "{act}");
        assert!(refusal["blocked_by"][0]["message"].as_str().unwrap().contains("Mới đăng ký"));
    }
}

#[tokio::test]
async fn nothing_leaves_an_end() {
    let commune = Commune::open().await;
    let file = commune.paper(DESK).await;
    for (who, act) in [(DESK, "refusal"), (MAU, "withdrawal")] {
        let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
        let ended = commune.done(who, &dossier, act, body!({"reason": "Nộp nhầm nơi."})).await;
        assert_eq!(ended["turn"], "nobody");
        for (act, noun, body) in acts(&file) {
            for who in [DESK, MAU, HEAD] {
                let refusal = commune.refused(who, &ended, noun, body.clone()).await;
                assert_eq!(
                    (codes(&refusal), &refusal["allowed_actions"]),
                    (vec!["wrong_status"], &body!([])),
                    "{act}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_acting() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let file = commune.paper(THU).await;
    for who in [THU, NEIGHBOUR] {
        for (_, noun, body) in acts(&file) {
            problem(commune.act(who, &dossier, noun, &body).await, 404, "not_found").await;
        }
    }
}

#[tokio::test]
async fn who_has_not_seen_the_last_change_reads_first() {
    let commune = Commune::open().await;
    let file = commune.paper(DESK).await;
    let first = commune.submit(MAU, commune.birth(), |_| {}).await;
    let seen = commune.done(DESK, &first, "claim", body!({})).await;
    for (_, noun, body) in acts(&file) {
        problem(commune.act(DESK, &first, noun, &body).await, 412, "stale").await;
        let path = format!("/v1/dossiers/{}/{noun}", text(&first, "id"));
        let ask = || commune.ask_as(DESK, Method::POST, &path).header("idempotency-key", key()).json(&body);
        problem(ask().send().await.unwrap(), 428, "precondition_required").await;
        for tag in ["W/\"2\"", "2", "\"2-gzip\"", "\"hai\""] {
            problem(ask().header("if-match", tag).send().await.unwrap(), 412, "stale").await;
        }
    }
    assert_eq!(commune.now(DESK, &seen).await["version"], seen["version"]);
}

#[tokio::test]
async fn an_act_needs_a_key_and_the_same_key_acts_once() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let path = format!("/v1/dossiers/{}/acceptance", text(&dossier, "id"));
    let ask = || commune.ask_as(DESK, Method::POST, &path).header("if-match", "\"1\"").json(&body!({}));

    problem(ask().send().await.unwrap(), 400, "idempotency_key_missing").await;
    let first = json(ask().header("idempotency-key", "nhan").send().await.unwrap(), 201).await;
    let again = ask().header("idempotency-key", "nhan").send().await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(json(again, 201).await, first);
    problem(ask().header("idempotency-key", "nhan-2").send().await.unwrap(), 412, "stale").await;
    let elsewhere = format!("/v1/dossiers/{}/claim", text(&dossier, "id"));
    let other = commune.ask_as(DESK, Method::POST, &elsewhere).header("if-match", "*");
    let other = other.header("idempotency-key", "nhan").json(&body!({}));
    problem(other.send().await.unwrap(), 422, "idempotency_key_reused").await;
}

#[tokio::test]
async fn l_04_a_refusal_without_words_is_none() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    for reason in ["", "  ", "E-404"[2..].into(), "..."] {
        for noun in ["refusal", "supplement-request"] {
            let refusal = commune.refused(DESK, &dossier, noun, body!({"reason": reason})).await;
            assert_eq!(codes(&refusal), ["reason_missing"]);
            assert_eq!(refusal["blocked_by"][0]["legal_basis"], "NĐ 63/2010 Đ18.5");
        }
    }
    problem(commune.act(DESK, &dossier, "refusal", &body!({})).await, 422, "body_invalid").await;
}

#[tokio::test]
async fn a_claimed_dossier_is_the_claimers_until_it_is_handed_on() {
    let commune = Commune::open().await;
    let mut dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    for act in ["acceptance", "forwarding", "forwarding"] {
        dossier = commune.done(DESK, &dossier, act, body!({})).await;
    }
    let claimed = commune.done(CASE, &dossier, "claim", body!({})).await;
    assert_eq!(claimed["assignee_name"], "Triệu Thị Lý");

    let again = commune.refused(SECOND_CASE, &claimed, "claim", body!({})).await;
    let over = commune.refused(SECOND_CASE, &claimed, "forwarding", body!({})).await;
    assert_eq!((codes(&again), codes(&over)), (vec!["already_claimed"], vec!["claimed_by_other"]));

    let handed_on = commune.done(CASE, &claimed, "forwarding", body!({})).await;
    assert!(handed_on["assignee_name"].is_null());
    assert_eq!(handed_on["step"], "approve");
}

#[tokio::test]
async fn refusals_are_said_in_the_language_asked_for() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let path = format!("/v1/dossiers/{}/stop", text(&dossier, "id"));
    for (language, title, word) in [
        ("vi", "Chưa thể làm việc này lúc này.", "đang ở trạng thái"),
        ("en", "This cannot be done now.", "stands at “Submitted”"),
    ] {
        let request = commune.ask_as(DESK, Method::POST, &path).header("if-match", "*");
        let request = request.header("idempotency-key", key()).header("accept-language", language);
        let answer = request.json(&body!({"reason": "Sai nơi nộp."})).send().await.unwrap();
        let refusal = problem(answer, 409, "act_refused").await;
        assert_eq!(refusal["title"], title);
        assert!(refusal["blocked_by"][0]["message"].as_str().unwrap().contains(word));
    }
}

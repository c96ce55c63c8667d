//! The list of actions is computed by the same guards that judge the acts: each is tried.

use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, POSTMAN, text};
use serde_json::{Value, json as body};
use std::collections::BTreeMap;

const EVERYBODY: [&str; 7] = [MAU, DESK, CASE, HEAD, MONEY, POSTMAN, INSPECTOR];

async fn listed(commune: &Commune, who: &str, dossier: &Value) -> BTreeMap<String, bool> {
    let list = commune.read(who, &format!("/v1/dossiers/{}/actions", text(dossier, "id"))).await;
    let list = list.as_array().unwrap().clone();
    assert_eq!(list.len(), 21);
    list.iter()
        .map(|action| {
            let open = action["allowed"].as_bool().unwrap();
            assert_eq!(action["blocked_by"].as_array().unwrap().is_empty(), open, "{action}");
            (text(action, "act").to_owned(), open)
        })
        .collect()
}

/// Tries an act as a dry run, which can do no harm.
async fn tried(commune: &Commune, who: &str, act: &str, dossier: &Value) -> bool {
    let words = body!({"reason": "Có lý do."});
    let (noun, body) = match act {
        "accept" => ("acceptance", body!({})),
        "admit" => ("admission", body!({})),
        "refuse" => ("refusal", words),
        "request_supplement" => ("supplement-request", words),
        "answer_supplement" => ("supplement", body!({"papers": []})),
        "claim" => ("claim", body!({})),
        "release" => ("release", body!({})),
        "forward" => ("forwarding", body!({})),
        "send_back" => ("send-back", body!({"step": "thu-ly", "reason": "Có lý do."})),
        "extend" => ("extension", body!({"new_due": "2027-03-01", "reason": "Có lý do."})),
        "request_payment" => ("payment-request", body!({})),
        "record_payment" => ("cash-payment", body!({"receipt_number": "1"})),
        "decide" => (
            "decision",
            body!({"outcome": "granted", "number": "1", "result_code": "KQ-CC-01", "file": commune.paper(who).await}),
        ),
        "consult" => ("consultations", asked(commune)),
        "visit" => (
            "visits",
            body!({"place": "Tổ 5", "at": commune.clock.now(), "found": "Đúng như hồ sơ.",
            "participants": [{"name": "Nguyễn Thị Mẫu", "role": "Người nộp"}]}),
        ),
        "open_child" => {
            ("children", body!({"procedure": "2.000815", "unit": commune.neighbour, "shared": []}))
        }
        "correct" => ("correction", words),
        "withdraw" => ("withdrawal", words),
        "stop" => ("stop", words),
        "return" => ("return", body!({"proof": "Đã ký nhận."})),
        other => panic!("no way to try {other}"),
    };
    match commune.dry(who, dossier, noun, &body).await.status().as_u16() {
        200 => true,
        409 => false,
        // The act itself is open; only what was said with it does not fit.
        422 if ["send_back", "open_child"].contains(&act) => true,
        other => panic!("{who} {act}: {other}"),
    }
}

fn asked(commune: &Commune) -> Value {
    body!({"unit": commune.neighbour, "question": "Việc này có đúng không?", "papers": [],
        "due_in": {"amount": 3, "unit": "working_days"}})
}

async fn agree(way: &[(&str, &str, Value)]) {
    let commune = Commune::open().await;
    let mut dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    for (by, noun, body) in way {
        dossier = commune.done(by, &dossier, noun, body.clone()).await;
    }
    for who in EVERYBODY {
        for (act, open) in listed(&commune, who, &dossier).await {
            // Nobody has been asked for an opinion, and an answer belongs to the question, not to the dossier.
            if act == "advise" {
                assert!(!open, "{who}");
                continue;
            }
            assert_eq!(tried(&commune, who, &act, &dossier).await, open, "{who} {act}");
        }
    }
    assert_eq!(commune.now(DESK, &dossier).await["version"], dossier["version"], "a dry run changes nothing");
}

fn on(by: &'static str, noun: &'static str) -> (&'static str, &'static str, Value) {
    (by, noun, body!({}))
}

#[tokio::test]
async fn when_just_handed_in() {
    agree(&[]).await;
}

#[tokio::test]
async fn when_papers_are_asked_at_intake() {
    agree(&[(DESK, "supplement-request", body!({"reason": "Ảnh mờ."}))]).await;
}

#[tokio::test]
async fn when_papers_asked_at_intake_are_in() {
    let asked = (DESK, "supplement-request", body!({"reason": "Ảnh mờ."}));
    agree(&[asked, (MAU, "supplement", body!({"papers": []}))]).await;
}

#[tokio::test]
async fn when_in_processing() {
    agree(&[on(DESK, "acceptance"), on(DESK, "forwarding"), on(DESK, "forwarding"), on(CASE, "claim")]).await;
}

#[tokio::test]
async fn when_the_fee_is_asked() {
    agree(&[on(DESK, "acceptance"), on(DESK, "payment-request")]).await;
}

//! Results: issued at the last step with their file, refused on the merits with words, handed over with proof.

use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, POSTMAN, text};
use crate::support::house::problem;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json as body};

async fn at_the_head(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.brought_to_the_head(&dossier).await
}

async fn told(commune: &Commune, dossier: &Value, act: &str, body: &Value) -> Vec<(String, String)> {
    let who = if act == "decision" { HEAD } else { DESK };
    let told = problem(commune.act(who, dossier, act, body).await, 422, "body_invalid").await;
    assert_eq!(commune.now(HEAD, dossier).await["version"], dossier["version"], "nothing has changed");
    let pair = |e: &Value| (text(e, "pointer").to_owned(), text(e, "code").to_owned());
    told["errors"].as_array().unwrap().iter().map(pair).collect()
}

#[tokio::test]
async fn l_46_a_result_is_issued_with_its_file_and_number() {
    let commune = Commune::open().await;
    let dossier = at_the_head(&commune).await;
    let decision = commune.decision("KQ-KS-01").await;

    let decided = commune.done(HEAD, &dossier, "decision", decision.clone()).await;

    assert_eq!((text(&decided, "status"), text(&decided, "turn")), ("decided", "handover"));
    assert_eq!(decided["decided_at"], "2026-03-10T02:00:00Z");
    let papers = commune.read(MAU, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    let result = papers.as_array().unwrap().iter().find(|p| p["part"] == "result").unwrap();
    assert_eq!((&result["file"], &result["component"]), (&decision["file"], &body!("KQ-KS-01")));
    assert_eq!(result["name"], "Giấy khai sinh");
}

#[tokio::test]
async fn d_02_without_a_file_there_is_no_result() {
    let commune = Commune::open().await;
    let dossier = at_the_head(&commune).await;
    let mut decision = commune.decision("KQ-KS-01").await;
    decision["file"] = body!(null);
    let refusal = commune.refused(HEAD, &dossier, "decision", decision).await;
    assert_eq!(refusal["blocked_by"][0]["code"], "result_missing");
}

#[tokio::test]
async fn what_does_not_fit_is_told_at_once() {
    let commune = Commune::open().await;
    let dossier = at_the_head(&commune).await;
    let foreign = commune.paper(CASE).await;
    let wrong = body!({"outcome": "granted", "number": " ", "result_code": "KQ-99", "file": foreign});
    let expected =
        [("/result_code", "result_unknown"), ("/file", "file_unknown"), ("/number", "number_missing")];
    let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(told(&commune, &dossier, "decision", &wrong).await, expected);
    let mut long = commune.decision("KQ-KS-01").await;
    long["number"] = body!("1".repeat(61));
    assert_eq!(told(&commune, &dossier, "decision", &long).await[0].0, "/number");
}

#[tokio::test]
async fn l_43_a_refusal_on_the_merits_needs_its_reason() {
    let commune = Commune::open().await;
    let dossier = at_the_head(&commune).await;
    let mut decision = commune.decision("KQ-KS-01").await;
    decision["outcome"] = body!("rejected");
    for reason in ["", "  ", "15"] {
        decision["reason"] = body!(reason);
        let said = told(&commune, &dossier, "decision", &decision).await;
        assert_eq!(said, [("/reason".to_owned(), "reason_missing".to_owned())]);
    }
    decision["reason"] = body!("Việc sinh đã được đăng ký ở xã khác.");
    let decided = commune.done(HEAD, &dossier, "decision", decision).await;
    assert_eq!(decided["status"], "decided");
    let history = commune.read(MAU, &format!("/v1/dossiers/{}/history", text(&dossier, "id"))).await;
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(last["note"], "Việc sinh đã được đăng ký ở xã khác.");
}

#[tokio::test]
async fn a_result_file_that_failed_inspection_is_not_issued() {
    let commune = Commune::open().await;
    let dossier = at_the_head(&commune).await;
    let decision = commune.decision("KQ-KS-01").await;
    let sql = "UPDATE files SET state = 'refused'";
    let db = commune.database.writer();
    db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let said = told(&commune, &dossier, "decision", &decision).await;
    assert_eq!(said, [("/file".to_owned(), "file_refused".to_owned())]);
}

#[tokio::test]
async fn a_result_is_not_issued_before_the_last_step() {
    let commune = Commune::open().await;
    let mut dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    for act in ["acceptance", "forwarding"] {
        dossier = commune.done(DESK, &dossier, act, body!({})).await;
    }
    let mut decision = commune.decision("KQ-KS-01").await;
    decision["file"] = commune.paper(DESK).await;
    let refusal = commune.refused(DESK, &dossier, "decision", decision).await;
    assert_eq!(refusal["blocked_by"][0]["code"], "steps_left");
}

#[tokio::test]
async fn l_47_a_dossier_cannot_be_returned_before_the_fee_is_paid() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let early = commune.refused(DESK, &dossier, "return", body!({"proof": "Đã ký nhận."})).await;
    assert_eq!(early["blocked_by"][0]["code"], "wrong_status");
    let decided = commune.done(HEAD, &dossier, "decision", commune.decision("KQ-CC-01").await).await;
    let unpaid = commune.refused(DESK, &decided, "return", body!({"proof": "Đã ký nhận."})).await;
    assert_eq!(unpaid["blocked_by"][0]["code"], "fee_unpaid");
    let paid = commune.done(DESK, &decided, "cash-payment", body!({"receipt_number": "7"})).await;
    assert_eq!((text(&paid, "status"), text(&paid, "fee_state")), ("decided", "paid"));
    let returned = commune.done(POSTMAN, &paid, "return", body!({"proof": "Đã ký nhận."})).await;
    assert_eq!((text(&returned, "status"), text(&returned, "turn")), ("returned", "nobody"));
}

#[tokio::test]
async fn l_47_a_hand_over_needs_its_proof() {
    let commune = Commune::open().await;
    let dossier = at_the_head(&commune).await;
    let decided = commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;
    for proof in ["", "   "] {
        let said = told(&commune, &decided, "return", &body!({"proof": proof})).await;
        assert_eq!(said, [("/proof".to_owned(), "proof_missing".to_owned())]);
    }
}

#[tokio::test]
async fn cash_is_recorded_with_its_receipt_and_once() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    for number in ["", "  "] {
        let said = told(&commune, &dossier, "cash-payment", &body!({"receipt_number": number})).await;
        assert_eq!(said, [("/receipt_number".to_owned(), "words_missing".to_owned())]);
    }
    let paid = commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "0012"})).await;
    assert_eq!((text(&paid, "status"), text(&paid, "fee_state")), ("submitted", "paid"));
    let twice = commune.refused(DESK, &paid, "cash-payment", body!({"receipt_number": "0013"})).await;
    assert_eq!(twice["blocked_by"][0]["code"], "no_fee_due");
}

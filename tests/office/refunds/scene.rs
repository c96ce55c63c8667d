//! Paid dossiers, and everybody's hands on a refund.

use crate::support::commune::{Commune, DESK, HEAD, MAU, MONEY, key, receipt_number, text};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json as body};

/// A dossier of copies, 12,000 đồng of phí taken at the desk, and its payment.
pub async fn paid_in_cash(commune: &Commune) -> (Value, Value) {
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier =
        commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": receipt_number()})).await;
    let payment = payments(commune, &dossier).await[0].clone();
    (dossier, payment)
}

/// The payments of a dossier as its owner reads them.
pub async fn payments(commune: &Commune, dossier: &Value) -> Value {
    commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(dossier, "id"))).await
}

/// The application for the trial with reliefs and refund terms: a lệ phí of 50,001 and a phí of 10,000 đồng a copy.
pub fn trial(commune: &Commune) -> Value {
    body!({
        "procedure": "9.000101", "unit": commune.unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu"}, "form": {"note": "thử"}, "papers": [{"component": "T11-01"}],
        "return_method": "desk",
    })
}

/// The trial paid in full, then refused on the merits.
pub async fn rejected_on_the_merits(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, trial(commune), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let numbers = body!({"receipt_number": receipt_number(), "le_phi_receipt_number": receipt_number()});
    let dossier = commune.done(DESK, &dossier, "cash-payment", numbers).await;
    let dossier = commune.done(DESK, &dossier, "forwarding", body!({})).await;
    let mut decision = commune.decision("KQ-T11").await;
    decision["outcome"] = body!("rejected");
    decision["reason"] = body!("Không đủ điều kiện.");
    commune.done(HEAD, &dossier, "decision", decision).await
}

/// Somebody proposes to give money of a payment back.
pub async fn propose(commune: &Commune, who: &str, payment: &Value, what: (&str, &str, i64)) -> Response {
    let (ground, kind, amount) = what;
    let path = format!("/v1/payments/{}/refunds", text(payment, "id"));
    let asked =
        body!({"ground": ground, "kind": kind, "amount": amount, "reason": "Thu nhầm của người dân."});
    commune.post(who, &path, &asked).await
}

/// Finance proposes; the answer must be 201.
pub async fn proposed(commune: &Commune, payment: &Value, what: (&str, &str, i64)) -> Value {
    json(propose(commune, MONEY, payment, what).await, 201).await
}

/// Codes of what blocks a refused answer.
pub async fn blocks(response: Response) -> Vec<String> {
    let told = problem(response, 409, "act_refused").await;
    let all = told["blocked_by"].as_array().unwrap().iter();
    all.map(|block| block["code"].as_str().unwrap().to_owned()).collect()
}

/// Somebody tries the next thing with a refund as they saw it.
pub async fn follow(commune: &Commune, who: &str, refund: &Value, act: &str, words: Value) -> Response {
    let path = format!("/v1/refunds/{}/{act}", text(refund, "id"));
    let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
    let request = request.header("if-match", format!("\"{}\"", refund["version"]));
    request.json(&words).send().await.unwrap()
}

/// Somebody does it; the answer must be 201.
pub async fn followed(commune: &Commune, who: &str, refund: &Value, act: &str, words: Value) -> Value {
    json(follow(commune, who, refund, act, words).await, 201).await
}

/// The role given besides the one held.
pub async fn also(commune: &Commune, who: &str, role: rules::actor::Role) {
    use entities::people::{Held, assign};
    let assignment = rules::actor::Assignment { role, unit: Some(commune.unit) };
    let held = Held { assignment, name: "Kiêm nhiệm".into(), title: "Kiêm nhiệm".into() };
    let subject = commune.office.demo.as_ref().unwrap().subject_of(who);
    assign(commune.database.writer(), &subject, &held, commune.clock.now()).await.unwrap();
}

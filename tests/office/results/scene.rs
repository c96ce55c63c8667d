//! What these stories have in common: a dossier that was granted, and what its result is.

use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, key, text};
use entities::documents::completing::{Completed, complete};
use entities::files::{self, State};
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// A dossier of two steps, free of charge, on the approver's desk.
pub async fn for_signature(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
    let dossier = commune.done(DESK, &dossier, "forwarding", json!({})).await;
    let dossier = commune.done(CASE, &dossier, "claim", json!({})).await;
    commune.done(CASE, &dossier, "forwarding", json!({})).await
}

/// The same with its result, some members of the decision changed.
pub async fn granted(commune: &Commune, change: impl FnOnce(&mut Value)) -> Value {
    let dossier = for_signature(commune).await;
    let mut decision = commune.decision("KQ-T2").await;
    change(&mut decision);
    commune.done(HEAD, &dossier, "decision", decision).await
}

/// The same, handed over; gives the dossier and its result as the approver reads it.
pub async fn handed_over(commune: &Commune) -> (Value, Value) {
    let dossier = granted(commune, |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "return", json!({"proof": "Đã ký nhận."})).await;
    let result = results(commune, HEAD, &dossier).await.remove(0);
    (dossier, result)
}

/// The results of a dossier.
pub async fn results(commune: &Commune, who: &str, dossier: &Value) -> Vec<Value> {
    let path = format!("/v1/dossiers/{}/results", text(dossier, "id"));
    commune.read(who, &path).await.as_array().unwrap().clone()
}

/// One result, as somebody reads it now.
pub async fn result(commune: &Commune, who: &str, result: &Value) -> Value {
    commune.read(who, &address(result, "")).await
}

/// Where something of a result lies.
pub fn address(result: &Value, below: &str) -> String {
    format!("/v1/results/{}{below}", text(result, "id"))
}

/// What is answered to who asks for its revocation.
pub async fn revoke(commune: &Commune, who: &str, result: &Value, body: &Value) -> Response {
    let request = commune.ask_as(who, Method::POST, &address(result, "/revocation"));
    let request = request.header("idempotency-key", key());
    request.header("if-match", format!("\"{}\"", result["version"])).json(body).send().await.unwrap()
}

/// A sound reason to revoke.
pub fn forged() -> Value {
    json!({"basis": "Quyết định số 45/QĐ-UBND", "reason": "Giấy tờ của bà Nguyễn Thị Mẫu là giả."})
}

/// What anybody hears of a code.
pub async fn verified(commune: &Commune, code: &str) -> Value {
    let answer = commune.ask(Method::GET, &format!("/v1/verifications/{code}")).send().await.unwrap();
    crate::support::house::json(answer, 200).await
}

/// The file of a result leaves quarantine, its bytes in the store.
pub async fn let_out(commune: &Commune, result: &Value) {
    let id = text(result, "file").parse().unwrap();
    files::set_state(commune.database.writer(), id, State::Clean, None).await.unwrap();
}

/// Files what a dossier leaves with its owner, as the job does.
pub async fn filed(commune: &Commune, dossier: &Value) {
    let tx = commune.database.begin().await.unwrap();
    let id = text(dossier, "id").parse().unwrap();
    let known = (&commune.office.catalogue, &commune.office.sealer);
    let ended = complete(&tx, known, id, commune.clock.now()).await.unwrap();
    assert_eq!(ended, Completed::Filed);
    tx.commit().await.unwrap();
}

//! What these stories have in common: a dossier under way, a unit next door with an adviser, and short readings.

use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use entities::files::{self, State};
use entities::people::{Held, assign};
use reqwest::Response;
use rules::actor::{Assignment, Role};
use serde_json::{Value, json};

/// A procedure of two steps, ten working days, free of charge; handed in online and received.
pub async fn received(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", json!({})).await
}

/// The same on the desk of the case officer.
pub async fn appraised(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    under_way(commune, &dossier).await
}

/// A submitted one, received, handed on and claimed.
pub async fn under_way(commune: &Commune, dossier: &Value) -> Value {
    let dossier = commune.done(DESK, dossier, "acceptance", json!({})).await;
    let dossier = commune.done(DESK, &dossier, "forwarding", json!({"note": "Đủ giấy tờ."})).await;
    commune.done(CASE, &dossier, "claim", json!({})).await
}

/// The same at the last step.
pub async fn for_signature(commune: &Commune) -> Value {
    let dossier = appraised(commune).await;
    commune.done(CASE, &dossier, "forwarding", json!({})).await
}

/// The same with its result.
pub async fn decided(commune: &Commune) -> Value {
    let dossier = for_signature(commune).await;
    commune.done(HEAD, &dossier, "decision", commune.decision("KQ-T2").await).await
}

/// The desk officer next door answers there for the unit as well.
pub async fn adviser(commune: &Commune) {
    let subject = commune.office.demo.as_ref().unwrap().subject_of(NEIGHBOUR);
    let assignment = Assignment { role: Role::CaseOfficer, unit: Some(commune.neighbour) };
    let held = Held { assignment, name: "Vi Văn Bên".into(), title: "Công chức địa chính".into() };
    let tx = commune.database.begin().await.unwrap();
    assign(&tx, &subject, &held, commune.clock.now() - chrono::TimeDelta::days(1)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Lets a file out of quarantine.
pub async fn let_out(commune: &Commune, file: &Value) {
    let id = file.as_str().unwrap().parse().unwrap();
    files::set_state(commune.database.writer(), id, State::Clean, None).await.unwrap();
}

/// What somebody is told of something that hangs on a dossier.
pub async fn below(commune: &Commune, who: &str, dossier: &Value, what: &str) -> Value {
    commune.read(who, &format!("/v1/dossiers/{}/{what}", text(dossier, "id"))).await
}

/// What somebody hears who asks for it, whatever that is.
pub async fn asked(commune: &Commune, who: &str, dossier: &Value, what: &str) -> Response {
    commune.get(who, &format!("/v1/dossiers/{}/{what}", text(dossier, "id"))).await
}

/// Codes of what blocks, or of what is wrong.
pub fn codes(problem: &Value) -> Vec<&str> {
    let list = if problem["blocked_by"].is_array() { &problem["blocked_by"] } else { &problem["errors"] };
    list.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

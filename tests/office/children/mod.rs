//! Dossiers at other units that a dossier waits for (liên thông).

mod ending;
mod journey;
mod line;
mod opening;
mod sight;

use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::house::json;
use serde_json::{Value, json as body};

/// The main dossier, handed in by Mẫu and received here.
async fn received(commune: &Commune) -> Value {
    let application = body!({
        "procedure": "9.000502", "unit": commune.unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu", "phone": "0900000001", "email": "mau@vidu.example"},
        "form": {"note": "thử", "secret": "chuyện nhà"},
        "papers": [{"component": "T52-01"}, {"component": "T52-02"}, {"component": "T52-03"}],
        "return_method": "desk",
    });
    let dossier = commune.submit(MAU, application, |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await
}

/// The same, brought to the desk on paper.
async fn brought(commune: &Commune) -> Value {
    let application = body!({
        "procedure": "9.000502", "unit": commune.unit, "channel": "desk", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu"}, "form": {"note": "thử"},
        "papers": [{"component": "T52-01"}, {"component": "T52-02"}, {"component": "T52-03"}],
        "return_method": "desk",
    });
    let dossier = commune.submit(DESK, application, |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await
}

/// The desk opens a child; gives the main dossier and the child.
async fn open(commune: &Commune, parent: &Value, order: Value) -> (Value, Value) {
    let opened = json(commune.act(DESK, parent, "children", &order).await, 201).await;
    (opened["dossier"].clone(), opened["child"].clone())
}

/// The desk opens a child of the plan.
async fn planned(commune: &Commune, parent: &Value, key: &str) -> (Value, Value) {
    open(commune, parent, body!({"plan": key})).await
}

/// The children, as somebody sees them who sees the main dossier.
async fn children(commune: &Commune, who: &str, parent: &Value) -> Vec<Value> {
    let list = commune.read(who, &format!("/v1/dossiers/{}/children", text(parent, "id"))).await;
    list.as_array().unwrap().clone()
}

/// Received, worked on and decided by one officer.
async fn settled(commune: &Commune, who: &str, child: &Value) -> Value {
    let seen = commune.now(who, child).await;
    let received = commune.done(who, &seen, "acceptance", body!({})).await;
    let worked_on = commune.done(who, &received, "forwarding", body!({})).await;
    let result = format!("KQ-T{}", &text(&seen, "procedure")[6..]);
    let file = commune.paper(who).await;
    let decision = body!({"outcome": "granted", "number": "1/KQ", "result_code": result, "file": file});
    commune.done(who, &worked_on, "decision", decision).await
}

/// What is asked of a dossier below its address.
async fn below(commune: &Commune, who: &str, dossier: &Value, path: &str) -> Vec<Value> {
    let list = commune.read(who, &format!("/v1/dossiers/{}/{path}", text(dossier, "id"))).await;
    list.as_array().unwrap().clone()
}

/// The codes that block an act.
fn blocks(refused: &Value) -> Vec<&str> {
    refused["blocked_by"].as_array().unwrap().iter().map(|block| text(block, "code")).collect()
}

//! A commune whose post is a twin, and the results it sends home.

use crate::support::clock;
use crate::support::commune::{Commune, HEAD, MAU, text};
use crate::support::house::json;
use connectors::registry::find;
use connectors::sandbox::{Running, StandIn};
use entities::dossiers::Door;
use entities::shipments::sighting::Sighting;
use entities::shipments::{self, ordering};
use entities::tables::shipments::Model;
use rules::actor::Actor;
use serde_json::{Value, json as body};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The twin of a carrier and the commune that is set up for it.
pub async fn with(key: &str) -> (Commune, Running) {
    let entry = find(key).unwrap();
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(clock::opening),
        callback_url: None,
        late: Duration::from_millis(1),
        page: None,
    };
    let running = (entry.sandbox.unwrap())(stand_in).unwrap();
    let mut wires = crate::support::commune::platform("http://127.0.0.1:9");
    wires.set_up(entry, &(entry.example)(&running.url)).unwrap();
    (Commune::open_with(clock::opening(), wires).await, running)
}

/// A result that is to go home by post, its fee paid; the dossier after the decision.
pub async fn decided(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.copies(), |a| a["return_method"] = body!("post")).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let decision = commune.decision("KQ-CC-01").await;
    commune.done(HEAD, &dossier, "decision", decision).await
}

/// The carriage of a leg.
pub async fn shipment(commune: &Commune, dossier: &Value, leg: &str) -> Model {
    let rows = shipments::of_dossier(commune.database.reader(), key(dossier)).await.unwrap();
    rows.into_iter().find(|row| row.leg == leg).unwrap()
}

/// The carrier has taken the order of a leg.
pub async fn ordered(commune: &Commune, dossier: &Value, leg: &str) -> Model {
    let id = shipment(commune, dossier, leg).await.id;
    let tx = commune.database.begin().await.unwrap();
    let at = commune.clock.now();
    ordering::begin(&tx, id, &["vnpost_hcc".to_owned()], at).await.unwrap();
    let taken = ordering::Taken { remark: None, carrier_number: None, cod_amount: 0, expected_on: None };
    ordering::ordered(&tx, &commune.office.sealer, id, taken, at).await.unwrap();
    tx.commit().await.unwrap();
    shipment(commune, dossier, leg).await
}

/// The carrier says something of a shipment.
pub async fn said(commune: &Commune, row: &Model, state: &str) {
    let (tx, by) = (commune.database.begin().await.unwrap(), Actor::office());
    let office = &commune.office;
    let at = commune.clock.now();
    let (catalogue, sealer) = (&office.catalogue, &office.sealer);
    let door = Door { tx: &tx, catalogue, sealer, by: &by, at, trace: None };
    let event_id = at.format("%Y%m%d%H%M%S").to_string();
    let line = Sighting {
        carrier: "vnpost_hcc",
        event_id: &event_id,
        order_number: &row.order_number,
        state,
        raw_code: "0",
        raw_message: "theo lời bưu điện",
    };
    assert!(door.sighted(&line).await.unwrap());
    tx.commit().await.unwrap();
}

/// What somebody reads of the carriage of a dossier.
pub async fn listed(commune: &Commune, who: &str, dossier: &Value) -> Vec<Value> {
    let path = format!("/v1/dossiers/{}/shipments", text(dossier, "id"));
    commune.read(who, &path).await.as_array().unwrap().clone()
}

/// Somebody does something to a shipment as it stands.
pub async fn done_to(commune: &Commune, who: &str, row: &Model, act: &str, ask: &Value) -> reqwest::Response {
    let path = match act {
        "proof" => format!("/v1/shipments/{}/proof", row.id),
        act => format!("/v1/dossiers/{}/shipments/{}/{act}", row.dossier_id, row.id),
    };
    let request = commune.ask_as(who, reqwest::Method::POST, &path);
    let request = request.header("idempotency-key", crate::support::commune::key());
    request.header("if-match", format!("\"{}\"", row.version)).json(ask).send().await.unwrap()
}

/// The desk asks the post to fetch papers.
pub async fn collected(commune: &Commune, who: &str, dossier: &Value) -> Value {
    let path = format!("/v1/dossiers/{}/collection", text(dossier, "id"));
    json(commune.post(who, &path, &body!({"papers": ["Bản chính bằng tốt nghiệp"]})).await, 201).await
}

pub fn key(dossier: &Value) -> Uuid {
    text(dossier, "id").parse().unwrap()
}

//! The controller's desk: a storm closes a Thursday; and the hands that do the jobs of it.

use crate::support::commune::{CONTROLLER, Commune, DESK, MAU, key, text};
use crate::support::house::json;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use connectors::registry::{Connector, find};
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::jobs::row::{Column, Entity};
use object_store::memory::InMemory;
use reqwest::{Method, Response};
use rules::jobs::Job;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;
use workers::{Attempt, Deeds, Hands, Outcome};

/// An instant of March 2026, in the time of Hà Nội.
pub fn march(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap() - TimeDelta::hours(7)
}

pub const STORM: &str = "Toàn tỉnh nghỉ ngày 19/03/2026 do bão.";

/// The version in force, with Thursday 19 March 2026 closed.
pub async fn stormy(commune: &Commune, based_on: i32) -> Value {
    closed(commune, based_on, "2026-03-19").await
}

/// A version with one more day closed.
pub async fn closed(commune: &Commune, based_on: i32, date: &str) -> Value {
    let base = commune.read(CONTROLLER, &format!("/v1/calendars/{based_on}")).await;
    let mut off = base["off"].as_array().unwrap().clone();
    off.push(json!({"date": date, "reason_vi": "Nghỉ do bão số 9", "reason_en": "Closed for storm no. 9",
        "document": "Công điện 15/CĐ-UBND"}));
    json!({"based_on": based_on, "valid_from": base["calendar"]["valid_from"],
        "valid_to": base["calendar"]["valid_to"], "off": off, "work": base["work"]})
}

/// The storm's draft; gives its line.
pub async fn drafted(commune: &Commune) -> Value {
    json(commune.post(CONTROLLER, "/v1/calendars", &stormy(commune, 1).await).await, 201).await
}

/// Somebody tries to adopt a version as they saw it.
pub async fn adopt(commune: &Commune, draft: &Value, moves: bool) -> Response {
    let path = format!("/v1/calendars/{}/adoption", draft["version"]);
    let request = commune.ask_as(CONTROLLER, Method::POST, &path).header("idempotency-key", key());
    let request = request.header("if-match", format!("\"{}\"", draft["row_version"]));
    request.json(&json!({"reason": STORM, "move_open_dossiers": moves})).send().await.unwrap()
}

/// Ten working days, received at once.
pub async fn received(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", json!({})).await
}

pub async fn deadline(commune: &Commune, dossier: &Value) -> Value {
    commune.read(MAU, &format!("/v1/dossiers/{}/deadline", text(dossier, "id"))).await
}

/// Acts in the history of a dossier, as its officer reads them.
pub async fn entries(commune: &Commune, dossier: &Value) -> Vec<Value> {
    let history = commune.read(DESK, &format!("/v1/dossiers/{}/history", text(dossier, "id"))).await;
    history.as_array().unwrap().clone()
}

/// A worker of the same office, whose wires lead nowhere.
pub fn hands(commune: &Commune) -> Hands {
    let keys = ["vnpost_hcc", "dvcqg", "smtp"];
    let wires = keys.into_iter().fold(Wires::default(), |wires, key| wires.with(key, wire(key)));
    Hands {
        database: entities::database::Database::clone(&commune.database),
        clock: commune.clock.clone(),
        wake: entities::jobs::Wake::default(),
        sealer: commune.office.sealer.clone(),
        catalogue: entities::catalogue::Catalogue::default(),
        files: Arc::new(InMemory::new()),
        wires,
        office: Arc::default(),
        digitising: Arc::default(),
    }
}

fn wire(key: &str) -> Connector {
    let entry = find(key).unwrap();
    (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).unwrap()
}

/// Jobs of recomputations that are due, in the order of writing.
pub async fn due(commune: &Commune) -> Vec<(Uuid, Job)> {
    let rows = Entity::find().filter(Column::Kind.starts_with("recompute"));
    let rows = rows.filter(Column::NextRunAt.lte(commune.clock.now())).order_by_asc(Column::Id);
    let rows = rows.all(commune.database.reader()).await.unwrap();
    rows.iter().map(|row| (row.id, serde_json::from_str(&row.payload).unwrap())).collect()
}

/// One attempt at a job of the ledger.
pub async fn attempt(hands: &Hands, (id, job): &(Uuid, Job)) -> Outcome {
    let attempt = Attempt { id: *id, number: 1, last: false, at: hands.clock.now(), traceparent: None };
    hands.run(job.clone(), attempt).await
}

/// Does what is due of recomputations, and what it writes, each once; gives the dossiers that had a job.
pub async fn work(commune: &Commune, hands: &Hands) -> BTreeSet<Uuid> {
    let mut done = BTreeSet::new();
    let mut moved = BTreeSet::new();
    loop {
        let waiting: Vec<_> = due(commune).await.into_iter().filter(|(id, _)| !done.contains(id)).collect();
        if waiting.is_empty() {
            return moved;
        }
        for job in waiting {
            assert_eq!(attempt(hands, &job).await, Outcome::Done, "{job:?}");
            moved.extend(job.1.dossier());
            done.insert(job.0);
        }
    }
}

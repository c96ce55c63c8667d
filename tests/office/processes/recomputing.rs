//! `kill -9` of the worker while open dossiers are moved to a new calendar: each is moved, and once.

use super::premises::{Plan, Premises};
use super::waiting::until;
use super::walk::Walk;
use entities::catalogue::calendars;
use entities::tables::{dossiers, history};
use rules::actor::Role;
use rules::local_time::local_date;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const DOSSIERS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w_17_a_worker_killed_while_it_moves_dossiers_moves_each_once() {
    let office = Premises::open(Plan { lease_ms: 1_000, ..Plan::default() }).await;
    let api = office.api().await;
    let door = office.at(&api);
    for number in 0..DOSSIERS {
        assert!(Walk::begin(&door, number).await.step(&door).await, "received");
    }
    let before = dues(&office).await;
    let controller = office.appoint("kiem-soat", &[Role::ProcedureController]).await;
    let ask =
        |path: String, key: &str, body: Value| office.ask(&api.url, &controller, &path, key).json(&body);

    let draft = ask("/v1/calendars".into(), "draft", stormy(&office).await).send().await.unwrap();
    assert_eq!(draft.status(), 201, "{}", draft.text().await.unwrap());
    let adoption = json!({"reason": "Cả tỉnh nghỉ do bão.", "move_open_dossiers": true});
    let adopted = ask("/v1/calendars/2/adoption".into(), "adoption", adoption).send().await.unwrap();
    assert_eq!(adopted.status(), 201, "{}", adopted.text().await.unwrap());
    for _ in 0..5 {
        let done = moved(&office).await;
        let worker = office.worker().await;
        until("some more are moved", async || {
            let now = moved(&office).await;
            (now > done || now == DOSSIERS as u64).then_some(())
        })
        .await;
        worker.kill().await;
    }
    let _last = office.worker().await;
    until("all are moved", async || (moved(&office).await >= DOSSIERS as u64).then_some(())).await;

    assert_eq!(moved(&office).await, DOSSIERS as u64);
    let after = dues(&office).await;
    assert!(before.iter().all(|(code, due)| after[code] > *due), "{before:?} {after:?}");
}

/// The calendar in force, with the days closed on which anything is due.
async fn stormy(office: &Premises) -> Value {
    let newest = calendars::newest(office.database.reader()).await.unwrap();
    let file: Value = serde_json::from_str(&newest.content).unwrap();
    let days: BTreeSet<_> = dues(office).await.into_values().map(local_date).collect();
    let mut off = file["off"].as_array().unwrap().clone();
    let closed = |day| json!({"date": day, "reason_vi": "Bão", "reason_en": "Storm", "document": "CĐ 15"});
    off.extend(days.into_iter().map(closed));
    json!({"based_on": 1, "valid_from": "2024-01-01", "valid_to": "2043-12-31", "off": off, "work": file["work"]})
}

async fn dues(office: &Premises) -> BTreeMap<String, chrono::DateTime<chrono::Utc>> {
    let rows = dossiers::Entity::find().all(office.database.reader()).await.unwrap();
    rows.into_iter().map(|row| (row.code, row.due_at.unwrap())).collect()
}

async fn moved(office: &Premises) -> u64 {
    let entries = history::Entity::find().filter(history::Column::Act.eq("recompute"));
    entries.count(office.database.reader()).await.unwrap()
}

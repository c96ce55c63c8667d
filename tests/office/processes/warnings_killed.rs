//! `kill -9` of the worker in the middle of a sweep and of the warnings it found: each is given once.

use super::books::Books;
use super::premises::{Plan, Premises};
use super::waiting::until;
use super::walk::Walk;
use chrono::TimeDelta;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::row::{self as jobs, State};
use entities::jobs::{NewJob, insert};
use entities::tables::{dossiers, history, warnings};
use rules::jobs::Job;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use std::collections::BTreeMap;
use uuid::Uuid;

/// More than two parts of a sweep.
const CROWD: u32 = 500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_again_and_again_misses_no_warning_and_gives_none_twice() {
    let office = Premises::open(Plan { lease_ms: 1_000, ..Plan::default() }).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    let door = office.at(&api);
    let mut walk = Walk::begin(&door, 1).await;
    assert!(walk.step(&door).await, "it is received");
    crowd(&office.database, &books.dossiers().await[0]).await;

    for kill in 0..6 {
        let before = given(&office.database).await;
        let worker = office.worker().await;
        until("another part is swept or some more warnings are given", async || {
            let found = jobs::Entity::find().filter(jobs::Column::Kind.eq("warn"));
            let found = found.count(office.database.reader()).await.unwrap();
            let enough = if kill == 0 { found > 0 } else { given(&office.database).await > before };
            enough.then_some(())
        })
        .await;
        worker.kill().await;
    }
    let cut_off = books.open_jobs().await.len();
    let _last = office.worker().await;
    books.settle().await;

    assert!(cut_off > 0, "the last one fell while there was work");
    let mut told: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for row in warnings::Entity::find().all(office.database.reader()).await.unwrap() {
        told.entry(row.dossier_id).or_default().push(format!("{} {}", row.kind, row.audience));
    }
    told.values_mut().for_each(|rows| rows.sort());
    assert_eq!(told.len(), usize::try_from(CROWD).unwrap());
    assert!(told.values().all(|rows| *rows == ["late assignee", "late heads"]), "{told:?}");
    let entries = history::Entity::find().filter(history::Column::Act.eq("warn"));
    assert_eq!(entries.count(office.database.reader()).await.unwrap(), u64::from(CROWD));
    assert!(books.jobs(State::Dead).await.is_empty());
}

async fn given(database: &Database) -> u64 {
    warnings::Entity::find().count(database.reader()).await.unwrap()
}

/// Copies of a received dossier that was due yesterday, and the job of a sweep.
async fn crowd(database: &Database, one: &dossiers::Model) {
    let now = Clock::system().now();
    let due_at = Some(now - TimeDelta::days(1));
    let copies: Vec<dossiers::Model> = (0..CROWD)
        .map(|n| dossiers::Model {
            id: Uuid::now_v7(),
            code: format!("H55.101-260101-{:04}", n + 1),
            due_at,
            apology_by: None,
            watch_at: Some(now),
            // A key opens for its own dossier alone.
            key_wrapped: None,
            ..one.clone()
        })
        .collect();
    let tx = database.begin().await.unwrap();
    for some in copies.chunks(200) {
        let rows = some.iter().cloned().map(IntoActiveModel::into_active_model);
        dossiers::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
    }
    let sweep = insert(vec![NewJob::new(Job::SweepWarnings {}, now)], now).unwrap().unwrap();
    tx.execute(&sweep).await.unwrap();
    tx.commit().await.unwrap();
}

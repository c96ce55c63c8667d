//! A crowd of due jobs, as after a long outage, is worked off: each once, each key in its order.

use super::scene::{Scene, brisk, due, push};
use entities::jobs::row::{Column, Entity, State};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::BTreeMap;
use std::time::Duration;
use workers::WorkerSettings;

const KEYS: u128 = 5_000;
const ENTRIES: i32 = 4;
const JOBS: usize = 20_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_thousand_due_jobs_of_five_thousand_keys_are_all_done_in_order() {
    let scene = Scene::new().await;
    let jobs = (1..=ENTRIES).flat_map(|entry| (0..KEYS).map(move |key| due(push(key, entry))));
    scene.write(jobs.collect()).await;

    let crew = scene.hire(WorkerSettings { lease_ms: 60_000, ..brisk() });
    all_done(&scene).await;
    crew.dismiss().await;

    let rows = scene.rows().await;
    assert_eq!(rows.len(), JOBS);
    assert!(rows.iter().all(|row| (row.state, row.attempts) == (State::Done, 1)));
    assert_in_order(scene.deeds.diary());
}

/// Counts instead of reading the rows, which would be the greater work.
async fn all_done(scene: &Scene) {
    let mut look = tokio::time::interval(Duration::from_millis(100));
    let count = async || {
        let done = Entity::find().filter(Column::State.eq(State::Done));
        done.count(scene.database.reader()).await.unwrap()
    };
    let waiting = async {
        while count().await < JOBS as u64 {
            look.tick().await;
        }
    };
    if tokio::time::timeout(Duration::from_secs(120), waiting).await.is_err() {
        panic!("only {} of {JOBS} are done", count().await);
    }
}

/// Every deed of a key began after the one before it had ended.
fn assert_in_order(diary: Vec<String>) {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in diary {
        let (event, job) = line.split_once(' ').unwrap();
        let (key, entry) = job.split_once('/').unwrap();
        told.entry(key.to_owned()).or_default().push(format!("{event} {entry}"));
    }
    let wanted: Vec<_> = (1..=ENTRIES).flat_map(|e| [format!("begin {e}"), format!("end {e}")]).collect();
    assert_eq!(told.len(), 5_000);
    for (key, lines) in told {
        assert_eq!(lines, wanted, "key {key}");
    }
}

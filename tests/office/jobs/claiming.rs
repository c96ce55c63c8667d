//! Who gets which job, and that nobody gets it twice.

use super::scene::{Scene, due, inspect, lease_end, push};
use crate::support::clock::opening;
use chrono::TimeDelta;
use entities::jobs::NewJob;
use entities::jobs::claiming::{Claim, claim_statement};
use rules::jobs::{Job, Queue};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::collections::BTreeSet;
use std::time::Instant;

#[tokio::test]
async fn a_job_of_a_taken_unique_key_is_not_written() {
    let scene = Scene::new().await;
    let keyed = |entry| NewJob { unique_key: Some("k".into()), ..due(push(1, entry)) };

    scene.write(vec![keyed(1), due(push(1, 2))]).await;
    scene.write(vec![keyed(3)]).await;

    let rows = scene.rows().await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].unique_key.as_deref(), Some("k"));
    assert_eq!(
        rows[0].payload,
        r#"{"kind":"push_to_portal","dossier":"00000000-0000-0000-0000-000000000001","entry":1}"#
    );
}

#[tokio::test]
async fn a_job_is_not_claimed_before_its_time() {
    let scene = Scene::new().await;
    scene.write(vec![NewJob::new(inspect(1), opening() + TimeDelta::seconds(5))]).await;

    assert!(scene.claim("a", Queue::Heavy, 10).await.is_empty());
    scene.clock.advance(TimeDelta::seconds(5));

    assert_eq!(scene.claim("a", Queue::Heavy, 10).await.len(), 1);
}

#[tokio::test]
async fn a_claim_takes_the_longest_due_of_its_own_queue() {
    let scene = Scene::new().await;
    let earlier = NewJob::new(inspect(2), opening() - TimeDelta::seconds(9));
    scene.write(vec![due(inspect(1)), earlier, due(Job::PurgeExpired {})]).await;

    let claimed = scene.claim("a", Queue::Heavy, 1).await;

    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].job().unwrap(), inspect(2));
    assert_eq!(claimed[0].attempts, 1);
    assert_eq!(claimed[0].lease_owner, "a");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_workers_never_get_the_same_job() {
    let scene = Scene::new().await;
    scene.write((0..800).map(|n| due(inspect(n))).collect()).await;
    let names: Vec<String> = (0..8).map(|n| format!("worker-{n}")).collect();

    let shares = futures::future::join_all(names.iter().map(|name| async {
        let mut share = Vec::new();
        loop {
            let claimed = scene.claim(name, Queue::Heavy, 7).await;
            if claimed.is_empty() {
                return share;
            }
            share.extend(claimed.into_iter().map(|row| row.id));
        }
    }))
    .await;

    let all: Vec<_> = shares.into_iter().flatten().collect();
    let distinct: BTreeSet<_> = all.iter().collect();
    assert_eq!((all.len(), distinct.len()), (800, 800));
}

#[tokio::test]
async fn twenty_thousand_due_jobs_are_claimed_swiftly() {
    let scene = Scene::new().await;
    scene.write((0..20_000).map(|n| due(push(n % 5_000, 1))).collect()).await;
    let begun = Instant::now();

    let first = scene.claim("a", Queue::Party, 100).await;
    let second = scene.claim("b", Queue::Party, 100).await;

    assert_eq!((first.len(), second.len()), (100, 100));
    assert!(begun.elapsed().as_secs() < 5, "two claims took {:?}", begun.elapsed());
}

#[tokio::test]
async fn the_claim_walks_the_index_of_due_jobs() {
    let scene = Scene::new().await;
    scene.write((0..20_000).map(|n| due(push(n, 1))).collect()).await;
    let asked =
        Claim { queue: Queue::Party, worker: "a", limit: 50, at: opening(), lease_until: lease_end() };

    let plan = plan(&scene, claim_statement(scene.database.backend(), &asked)).await;

    assert!(plan.contains("jobs_due"), "{plan}");
    assert!(plan.contains("jobs_order"), "{plan}");
    for whole in ["SCAN jobs", "SCAN j\n", "SCAN e\n", "Seq Scan on jobs"] {
        assert!(!plan.contains(whole), "{plan}");
    }
}

#[tokio::test]
async fn a_payload_of_a_newer_form_is_claimed_and_named_unreadable() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    scene.execute("UPDATE jobs SET payload_version = 99").await;

    let claimed = scene.claim("a", Queue::Heavy, 1).await;

    let refused = claimed[0].job().unwrap_err().to_string();
    assert_eq!(refused, "damaged jobs.payload: version 99 is newer than 1");
}

async fn plan(scene: &Scene, mut statement: Statement) -> String {
    let explain = match scene.database.backend() {
        DbBackend::Postgres => {
            scene.execute("ANALYZE jobs").await;
            "EXPLAIN"
        }
        _ => "EXPLAIN QUERY PLAN",
    };
    statement.sql = format!("{explain} {}", statement.sql);
    let rows = scene.database.writer().query_all_raw(statement).await.unwrap();
    let column = if explain == "EXPLAIN" { "QUERY PLAN" } else { "detail" };
    rows.iter().map(|row| row.try_get::<String>("", column).unwrap() + "\n").collect()
}

//! A ring starts a job at once; without one it is found at the next look.

use super::scene::{PATIENCE, Scene, brisk, due, inspect, push};
use crate::support::clock::opening;
use entities::jobs::row::State;
use entities::jobs::{NewJob, Wake};
use rules::jobs::{Job, Queue};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use workers::{Outcome, WorkerSettings};

/// Nobody looks without a ring within these tests.
fn only_by_ring() -> WorkerSettings {
    WorkerSettings { poll_ms: 600_000, ..brisk() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rung_job_starts_within_a_quarter_second_of_its_commit() {
    let scene = Scene::new().await;
    let (tell, mut begun) = mpsc::unbounded_channel();
    scene.deeds.play(move |_, _| {
        tell.send(Instant::now()).unwrap();
        async { Outcome::Done }
    });
    let crew = scene.hire(only_by_ring());
    let mut delays = Vec::new();

    for n in 0..50 {
        scene.write(vec![due(inspect(n))]).await;
        let committed = Instant::now();
        scene.wake.ring(Queue::Heavy);
        let start = tokio::time::timeout(PATIENCE, begun.recv()).await.unwrap().unwrap();
        delays.push(start.saturating_duration_since(committed));
    }

    crew.dismiss().await;
    delays.sort_unstable();
    assert!(delays[48] < Duration::from_millis(250), "the slowest: {:?}", &delays[45..]);
}

#[tokio::test]
async fn a_job_that_nobody_rang_for_is_found_at_the_next_look() {
    let scene = Scene::new().await;
    let crew = scene.hire(brisk());

    scene.write(vec![due(inspect(1)), NewJob::new(Job::PurgeExpired {}, opening())]).await;
    scene.until_all(State::Done).await;

    crew.dismiss().await;
}

#[tokio::test]
async fn the_next_of_a_key_starts_when_the_one_before_ends() {
    let scene = Scene::new().await;
    let crew = scene.hire(only_by_ring());

    scene.order((1..=10).map(|entry| push(1, entry))).await;
    scene.until_all(State::Done).await;

    crew.dismiss().await;
    assert_eq!(scene.deeds.diary().len(), 20);
}

#[tokio::test]
async fn a_ring_before_the_wait_is_not_lost() {
    let wake = Wake::default();
    let mut bell = wake.listen(Queue::Party);

    wake.ring(Queue::Party);
    wake.ring(Queue::Quick);

    tokio::time::timeout(PATIENCE, bell.changed()).await.unwrap().unwrap();
    bell.mark_unchanged();
    assert!(!bell.has_changed().unwrap());
}

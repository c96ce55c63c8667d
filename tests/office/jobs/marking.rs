//! Only who holds a job may write on it, and what a vanished worker held comes back.

use super::scene::{Scene, due, inspect, lease_end};
use crate::support::clock::opening;
use chrono::TimeDelta;
use entities::jobs::row::State;
use entities::jobs::{MAX_ATTEMPTS, claiming, marking};
use rules::jobs::Queue;

#[tokio::test]
async fn a_worker_that_lost_its_lease_cannot_mark() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    let slow = scene.claim("slow", Queue::Heavy, 1).await.remove(0);
    expire(&scene).await;
    let quick = scene.claim("quick", Queue::Heavy, 1).await.remove(0);
    let db = scene.database.writer();

    let marks = [
        marking::renew(db, slow.lease(), lease_end()).await.unwrap(),
        marking::done(db, slow.lease(), opening()).await.unwrap(),
        marking::retry(db, slow.lease(), opening(), "late").await.unwrap(),
        marking::bury(db, slow.lease(), opening(), "late").await.unwrap(),
    ];

    assert_eq!(marks, [false; 4]);
    assert!(marking::done(db, quick.lease(), opening()).await.unwrap());
    assert_eq!(scene.states().await, [State::Done]);
}

#[tokio::test]
async fn a_lease_of_an_earlier_attempt_is_no_lease() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    let first = scene.claim("same", Queue::Heavy, 1).await.remove(0);
    expire(&scene).await;
    scene.claim("same", Queue::Heavy, 1).await;

    assert!(!marking::done(scene.database.writer(), first.lease(), opening()).await.unwrap());
}

#[tokio::test]
async fn a_renewed_lease_does_not_end() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    let held = scene.claim("a", Queue::Heavy, 1).await.remove(0);
    let later = lease_end() + TimeDelta::seconds(30);

    assert!(marking::renew(scene.database.writer(), held.lease(), later).await.unwrap());

    assert_eq!(expire(&scene).await, 0);
}

#[tokio::test]
async fn what_a_vanished_worker_held_is_claimed_again_as_another_attempt() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    scene.claim("vanished", Queue::Heavy, 1).await;
    assert!(scene.claim("other", Queue::Heavy, 1).await.is_empty());

    assert_eq!(expire(&scene).await, 1);

    let again = scene.claim("other", Queue::Heavy, 1).await;
    assert_eq!((again[0].attempts, again[0].lease_owner.as_str()), (2, "other"));
    assert!(scene.rows().await[0].last_error.as_deref().unwrap().contains("vanished"));
}

#[tokio::test]
async fn a_job_whose_every_worker_vanishes_is_dead_in_the_end() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;

    for _ in 0..MAX_ATTEMPTS {
        assert_eq!(scene.claim("vanishing", Queue::Heavy, 1).await.len(), 1);
        expire(&scene).await;
    }

    assert_eq!(scene.states().await, [State::Dead]);
    assert!(scene.claim("vanishing", Queue::Heavy, 1).await.is_empty());
}

#[tokio::test]
async fn a_closing_worker_gives_back_only_its_own_without_counting() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1)), due(inspect(2))]).await;
    scene.claim("closing", Queue::Heavy, 1).await;
    scene.claim("staying", Queue::Heavy, 1).await;

    let given = marking::release(scene.database.writer(), "closing").await.unwrap();

    let rows = scene.rows().await;
    assert_eq!(given, 1);
    assert_eq!((rows[0].state, rows[0].attempts), (State::Ready, 0));
    assert_eq!((rows[1].state, rows[1].attempts), (State::Running, 1));
}

/// A moment after the leases of these tests ended.
async fn expire(scene: &Scene) -> u64 {
    let after = lease_end() + TimeDelta::milliseconds(1);
    claiming::expire(scene.database.writer(), after, opening()).await.unwrap()
}

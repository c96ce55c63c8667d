//! Jobs of one key run one after the other, in the order of writing.

use super::scene::{PATIENCE, Scene, brisk, due, lease_end, push};
use crate::support::clock::opening;
use crate::support::servers;
use chrono::TimeDelta;
use entities::jobs::claiming::{Claim, claim};
use entities::jobs::row::State;
use entities::jobs::{marking, review};
use rules::jobs::{Job, Queue};
use std::collections::BTreeMap;
use workers::Outcome;

#[tokio::test]
async fn one_job_of_a_key_is_claimed_at_a_time() {
    let scene = Scene::new().await;
    scene.write(vec![due(push(1, 1)), due(push(1, 2)), due(push(2, 1))]).await;

    let first = scene.claim("a", Queue::Party, 10).await;
    let none = scene.claim("b", Queue::Party, 10).await;
    marking::done(scene.database.writer(), first[0].lease(), opening()).await.unwrap();
    let second = scene.claim("b", Queue::Party, 10).await;

    let jobs =
        |rows: &[entities::jobs::Claimed]| -> Vec<Job> { rows.iter().map(|r| r.job().unwrap()).collect() };
    assert_eq!(jobs(&first), [push(1, 1), push(2, 1)]);
    assert_eq!(jobs(&none), []);
    assert_eq!(jobs(&second), [push(1, 2)]);
}

#[tokio::test]
async fn what_happened_first_is_told_first_even_when_another_hosts_clock_wrote_it_later() {
    let scene = Scene::new().await;
    // The row of the second entry has the smaller id, as a host whose clock is behind would give it.
    scene.write(vec![due(push(1, 2)), due(push(1, 1))]).await;

    let first = scene.claim("a", Queue::Party, 10).await;
    marking::done(scene.database.writer(), first[0].lease(), opening()).await.unwrap();
    let second = scene.claim("a", Queue::Party, 10).await;

    assert_eq!((first[0].job().unwrap(), first.len()), (push(1, 1), 1));
    assert_eq!(second[0].job().unwrap(), push(1, 2));
}

#[tokio::test]
async fn a_job_that_waits_for_its_next_attempt_holds_its_key() {
    let scene = Scene::new().await;
    scene.write(vec![due(push(1, 1)), due(push(1, 2))]).await;
    let first = scene.claim("a", Queue::Party, 10).await.remove(0);
    let next = opening() + TimeDelta::seconds(10);
    marking::retry(scene.database.writer(), first.lease(), next, "down").await.unwrap();

    assert!(scene.claim("a", Queue::Party, 10).await.is_empty());
    scene.clock.set(next);

    assert_eq!(scene.claim("a", Queue::Party, 10).await[0].job().unwrap(), push(1, 1));
}

#[tokio::test]
async fn what_stands_behind_a_waiting_job_is_put_back_with_it_and_let_go_one_after_the_other() {
    let scene = Scene::new().await;
    let later = opening() + TimeDelta::hours(2);
    let mut last = due(push(1, 4));
    last.run_at = later;
    scene.write(vec![due(push(1, 1)), due(push(1, 2)), due(push(1, 3)), last, due(push(2, 1))]).await;
    let writer = scene.database.writer();
    let next = opening() + TimeDelta::minutes(10);
    let times = async || scene.rows().await.iter().map(|row| row.next_run_at).collect::<Vec<_>>();

    let first = scene.claim("a", Queue::Party, 1).await.remove(0);
    marking::wait(writer, first.lease(), next, ("dvcqg", "off")).await.unwrap();
    let waiting = times().await;
    scene.clock.set(next);
    let first = scene.claim("a", Queue::Party, 10).await.into_iter().find(|row| row.id == first.id).unwrap();
    marking::done(writer, first.lease(), next).await.unwrap();
    let moved = times().await;

    assert_eq!(waiting, [next, next, next, later, opening()]);
    assert_eq!(moved, [next, opening(), next, later, opening()]);
    assert_eq!(scene.claim("b", Queue::Party, 10).await[0].job().unwrap(), push(1, 2));
}

#[tokio::test]
async fn a_dead_or_cancelled_job_lets_those_behind_it_go() {
    let scene = Scene::new().await;
    scene.write((1..=3).map(|entry| due(push(1, entry))).collect()).await;
    let first = scene.claim("a", Queue::Party, 10).await.remove(0);
    marking::bury(scene.database.writer(), first.lease(), opening(), "refused").await.unwrap();
    let second = scene.rows().await[1].id;
    review::cancel(scene.database.writer(), second, "not wanted", opening()).await.unwrap();

    assert_eq!(scene.claim("a", Queue::Party, 10).await[0].job().unwrap(), push(1, 3));
}

#[tokio::test]
async fn a_replayed_job_waits_until_the_running_one_of_its_key_ends() {
    let scene = Scene::new().await;
    scene.write(vec![due(push(1, 1)), due(push(1, 2))]).await;
    let first = scene.claim("a", Queue::Party, 10).await.remove(0);
    marking::bury(scene.database.writer(), first.lease(), opening(), "refused").await.unwrap();
    let second = scene.claim("a", Queue::Party, 10).await.remove(0);
    assert!(review::replay(scene.database.writer(), first.id, opening()).await.unwrap());

    assert!(scene.claim("b", Queue::Party, 10).await.is_empty());
    marking::done(scene.database.writer(), second.lease(), opening()).await.unwrap();

    assert_eq!(scene.claim("b", Queue::Party, 10).await[0].id, first.id);
}

/// Only PostgreSQL has two snapshots; on SQLite the single writer keeps them apart.
#[tokio::test]
async fn a_claim_that_saw_an_older_snapshot_does_not_run_a_second_job_of_the_key() {
    let scene = Scene::new().await;
    if !servers::on_postgres() {
        return;
    }
    scene.write(vec![due(push(1, 1)), due(push(1, 2)), due(push(2, 1))]).await;
    let first = scene.claim("a", Queue::Party, 1).await.remove(0);
    marking::bury(scene.database.writer(), first.lease(), opening(), "refused").await.unwrap();
    let asked =
        |worker| Claim { queue: Queue::Party, worker, limit: 1, at: opening(), lease_until: lease_end() };
    let tx = scene.database.begin().await.unwrap();
    review::replay(&tx, first.id, opening()).await.unwrap();
    assert_eq!(claim(&tx, &asked("early")).await.unwrap()[0].id, first.id);

    // Sees the first as dead, so picks the second, and has to wait for the transaction. The refused statement may
    // hold its locks for a moment longer than its error needs to arrive: then the next claim gets the rest.
    let greedy = Claim { limit: 9, ..asked("late") };
    let late = async {
        loop {
            let rows = claim(scene.database.writer(), &greedy).await.unwrap();
            if !rows.is_empty() {
                return rows;
            }
        }
    };
    let commit = async {
        scene.until_blocked().await;
        tx.commit().await.unwrap();
    };
    let (late, ()) = tokio::time::timeout(PATIENCE, futures::future::join(late, commit)).await.unwrap();

    assert_eq!(late.iter().map(|row| row.job().unwrap()).collect::<Vec<_>>(), [push(2, 1)]);
    assert_eq!(scene.states().await, [State::Running, State::Ready, State::Running]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_processes_keep_the_order_of_every_dossier_and_run_nothing_twice() {
    let scene = Scene::new().await;
    scene.deeds.play(|_, _| async {
        tokio::task::yield_now().await;
        Outcome::Done
    });
    let jobs = || (1..=5).flat_map(|entry| (0..40).map(move |dossier| push(dossier, entry)));
    let crews: Vec<_> = (0..4).map(|_| scene.hire(brisk())).collect();

    scene.order(jobs()).await;
    scene.until_all(State::Done).await;

    let mut diaries: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in scene.deeds.diary() {
        let (what, name) = line.split_once(' ').unwrap();
        let (dossier, entry) = name.split_once('/').unwrap();
        diaries.entry(dossier.into()).or_default().push(format!("{what} {entry}"));
    }
    let wanted: Vec<String> = (1..=5).flat_map(|n| [format!("begin {n}"), format!("end {n}")]).collect();
    assert_eq!(diaries.len(), 40);
    assert!(diaries.values().all(|diary| *diary == wanted), "{diaries:#?}");
    for crew in crews {
        crew.dismiss().await;
    }
}

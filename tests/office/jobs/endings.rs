//! How attempts end: well, later, never, by panic, by hanging, unread, or in other hands.

use super::scene::{Scene, brisk, due, inspect, push};
use crate::support::clock::opening;
use chrono::TimeDelta;
use entities::jobs::row::{Model, State};
use entities::jobs::{MAX_ATTEMPTS, NewJob, review};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use workers::{Outcome, WorkerSettings};

#[tokio::test]
async fn a_done_deed_is_done_once() {
    let scene = Scene::new().await;
    let crew = scene.hire(brisk());

    scene.order([push(1, 1)]).await;
    let rows = scene.until_all(State::Done).await;

    crew.dismiss().await;
    assert_eq!((rows[0].attempts, rows[0].finished_at), (1, Some(opening())));
    assert_eq!((&rows[0].lease_owner, rows[0].lease_until), (&None, None));
    assert_eq!(scene.deeds.diary(), ["begin 1/1", "end 1/1"]);
}

#[tokio::test]
async fn a_panic_is_an_attempt_that_failed_and_harms_no_other_job() {
    let scene = Scene::new().await;
    scene.deeds.play(|job, _| async move {
        if job == push(1, 1) { panic!("the printer is on fire") } else { Outcome::Done }
    });
    let crew = scene.hire(brisk());

    scene.order([push(1, 1), push(2, 1)]).await;
    let rows = scene.until(|rows| waits(&rows[0]) && rows[1].state == State::Done).await;

    crew.dismiss().await;
    assert!(rows[0].last_error.as_deref().unwrap().contains("the printer is on fire"));
    assert!(rows[0].next_run_at >= opening() + TimeDelta::seconds(8));
}

#[tokio::test]
async fn a_deed_that_hangs_is_cut_off_after_its_kinds_time() {
    let scene = Scene::new().await;
    scene.deeds.play(|_, _| std::future::pending());
    let timeouts_ms = [("push_to_portal".to_owned(), 30)].into();
    let crew = scene.hire(WorkerSettings { timeouts_ms, ..brisk() });

    scene.order([push(1, 1)]).await;
    let rows = scene.until(|rows| waits(&rows[0])).await;

    crew.dismiss().await;
    assert!(rows[0].last_error.as_deref().unwrap().contains("not finished within 0.03 s"));
}

#[tokio::test]
async fn a_poisoned_payload_dies_alone_and_is_seen() {
    let scene = Scene::new().await;
    scene.write(vec![due(push(1, 1))]).await;
    scene.execute("UPDATE jobs SET payload = '{\"kind\":'").await;
    scene.write(vec![due(push(2, 1))]).await;
    let crew = scene.hire(brisk());

    let rows = scene.until(|rows| rows[0].state == State::Dead && rows[1].state == State::Done).await;

    crew.dismiss().await;
    assert_eq!(rows[0].attempts, 1);
    assert!(rows[0].last_error.as_deref().unwrap().contains("cannot be read"));
}

#[tokio::test]
async fn a_kind_of_a_newer_version_is_dead_with_words_and_can_be_replayed() {
    let scene = Scene::new().await;
    scene.write(vec![due(push(1, 1))]).await;
    scene.execute("UPDATE jobs SET kind = 'sing_aloud', payload = '{\"kind\":\"sing_aloud\"}'").await;
    let crew = scene.hire(brisk());

    let rows = scene.until_all(State::Dead).await;
    let sung = review::Filter { kind: Some("sing_aloud".into()), ..Default::default() };
    let listed = review::list(scene.database.reader(), &sung, 9).await.unwrap();

    assert_eq!(listed, rows);
    assert!(rows[0].last_error.as_deref().unwrap().contains("sing_aloud"));
    crew.dismiss().await;
    assert!(review::replay(scene.database.writer(), rows[0].id, opening()).await.unwrap());
}

#[tokio::test]
async fn a_failure_that_cannot_pass_is_dead_at_once_with_its_reason() {
    let scene = Scene::new().await;
    scene.deeds.play(|_, _| async { Outcome::fail("the portal does not know this procedure") });
    let crew = scene.hire(brisk());

    scene.order([push(1, 1)]).await;
    let rows = scene.until_all(State::Dead).await;

    crew.dismiss().await;
    assert_eq!(rows[0].attempts, 1);
    assert_eq!(rows[0].last_error.as_deref(), Some("the portal does not know this procedure"));
}

#[tokio::test]
async fn a_party_that_is_down_for_three_days_makes_a_dead_job_that_a_replay_brings_back() {
    let scene = Scene::new().await;
    scene.deeds.play(|_, _| async { Outcome::retry("the portal does not answer") });
    let crew = scene.hire(brisk());
    scene.order([push(1, 1)]).await;

    for attempt in 1..MAX_ATTEMPTS {
        let rows = scene.until(|rows| rows[0].attempts == attempt && waits(&rows[0])).await;
        scene.clock.set(rows[0].next_run_at);
    }
    let dead = scene.until_all(State::Dead).await;
    scene.deeds.play(|_, _| async { Outcome::Done });
    review::replay(scene.database.writer(), dead[0].id, scene.clock.now()).await.unwrap();
    let done = scene.until_all(State::Done).await;

    crew.dismiss().await;
    let days = (dead[0].finished_at.unwrap() - opening()).as_seconds_f64() / 86_400.0;
    assert!((2.3..3.6).contains(&days), "{days} days");
    assert_eq!(done[0].attempts, MAX_ATTEMPTS + 1);
}

#[tokio::test]
async fn the_delay_a_party_asks_for_is_kept() {
    let scene = Scene::new().await;
    let busy = || Outcome::Retry { after: Some(Duration::from_secs(77)), reason: "429".into() };
    scene.deeds.play(move |_, _| async move { busy() });
    let crew = scene.hire(brisk());

    scene.order([push(1, 1)]).await;
    let rows = scene.until(|rows| waits(&rows[0])).await;

    crew.dismiss().await;
    assert_eq!(rows[0].next_run_at, opening() + TimeDelta::seconds(77));
}

#[tokio::test]
async fn a_deed_whose_lease_is_taken_is_cut_off_and_writes_nothing() {
    let scene = Scene::new().await;
    let begun = Arc::new(Notify::new());
    let tell = begun.clone();
    scene.deeds.play(move |_, _| {
        tell.notify_one();
        std::future::pending()
    });
    let crew = scene.hire(WorkerSettings { lease_ms: 150, ..brisk() });
    scene.order([inspect(1)]).await;
    begun.notified().await;

    scene.execute("UPDATE jobs SET lease_owner = 'other', lease_until = '2999-01-01T00:00:00+00:00'").await;

    crew.dismiss().await;
    let rows = scene.rows().await;
    assert_eq!((rows[0].state, rows[0].lease_owner.as_deref()), (State::Running, Some("other")));
    assert_eq!(scene.deeds.diary(), ["begin inspect_file"]);
}

#[tokio::test]
async fn a_long_deed_keeps_its_lease() {
    let scene = Scene::new().await;
    let (end, begun) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (until, tell) = (end.clone(), begun.clone());
    scene.deeds.play(move |_, _| {
        let (until, tell) = (until.clone(), tell.clone());
        async move {
            tell.notify_one();
            until.notified().await;
            Outcome::Done
        }
    });
    let crew = scene.hire(WorkerSettings { lease_ms: 150, ..brisk() });
    scene.order([inspect(1)]).await;
    begun.notified().await;
    let first = scene.rows().await[0].lease_until;

    scene.until(|rows| rows[0].lease_until > first.map(|t| t + TimeDelta::milliseconds(200))).await;
    end.notify_one();
    let rows = scene.until_all(State::Done).await;

    crew.dismiss().await;
    assert_eq!(rows[0].attempts, 1);
}

#[tokio::test]
async fn a_killed_process_leaves_its_job_to_another() {
    let scene = Scene::new().await;
    let begun = Arc::new(Notify::new());
    let tell = begun.clone();
    scene.deeds.play(move |_, attempt| {
        tell.notify_one();
        async move {
            if attempt.number == 1 {
                std::future::pending::<()>().await;
            }
            Outcome::Done
        }
    });
    let first = scene.hire(WorkerSettings { lease_ms: 150, ..brisk() });
    scene.write(vec![NewJob::new(inspect(1), opening())]).await;
    begun.notified().await;

    first.kill().await;
    let second = scene.hire(brisk());
    let rows = scene.until_all(State::Done).await;

    second.dismiss().await;
    assert_eq!(rows[0].attempts, 2);
    assert_eq!(scene.deeds.diary(), ["begin inspect_file", "begin inspect_file", "end inspect_file"]);
}

fn waits(row: &Model) -> bool {
    row.state == State::Ready && row.last_error.is_some()
}

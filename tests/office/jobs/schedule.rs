//! A tick makes one job, however many processes look at the schedule.

use super::scene::{Scene, brisk};
use crate::support::clock::opening;
use chrono::{DateTime, TimeDelta, Utc};
use entities::jobs::schedule::{Schedule, ensure, tick, usual};
use rules::jobs::{Job, Queue};
use workers::WorkerSettings;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_processes_make_one_job_of_a_tick() {
    let scene = Scene::new().await;
    futures::future::join_all((0..8).map(|_| ensure(scene.database.writer(), &[], opening()))).await;
    ensure(scene.database.writer(), &[line(60, true)], opening()).await.unwrap();

    for minute in 1..=3 {
        let at = minutes(minute);
        let ticks = (0..8).map(|_| tick(&scene.database, at));
        let rung: Vec<Queue> =
            futures::future::join_all(ticks).await.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(rung, [Queue::Party]);
    }

    assert_eq!(
        keys(&scene).await,
        [
            "track_post:2026-03-10T02:01:00Z",
            "track_post:2026-03-10T02:02:00Z",
            "track_post:2026-03-10T02:03:00Z"
        ]
    );
}

#[tokio::test]
async fn nothing_is_made_before_the_tick() {
    let scene = Scene::new().await;
    ensure(scene.database.writer(), &[line(60, false)], opening()).await.unwrap();

    let early = tick(&scene.database, minutes(1) - TimeDelta::microseconds(1)).await.unwrap();

    assert_eq!(early, []);
    assert!(scene.rows().await.is_empty());
}

#[tokio::test]
async fn of_missed_ticks_only_the_latest_is_made_up_for() {
    let scene = Scene::new().await;
    ensure(scene.database.writer(), &[line(60, false)], opening()).await.unwrap();

    tick(&scene.database, minutes(90) + TimeDelta::seconds(3)).await.unwrap();
    tick(&scene.database, minutes(90) + TimeDelta::seconds(4)).await.unwrap();

    assert_eq!(keys(&scene).await, ["track_post:2026-03-10T03:30:00Z"]);
}

#[tokio::test]
async fn a_tick_that_nobody_could_work_off_is_not_written_again() {
    let scene = Scene::new().await;
    ensure(scene.database.writer(), &[line(60, false)], opening()).await.unwrap();

    for minute in 1..=3 {
        tick(&scene.database, minutes(minute)).await.unwrap();
    }

    assert_eq!(keys(&scene).await, ["track_post:2026-03-10T02:01:00Z"]);
}

#[tokio::test]
async fn a_line_that_catches_up_makes_every_missed_tick() {
    let scene = Scene::new().await;
    ensure(scene.database.writer(), &[line(60, true)], opening()).await.unwrap();

    tick(&scene.database, minutes(3)).await.unwrap();

    let runs: Vec<_> = scene.rows().await.iter().map(|row| row.next_run_at).collect();
    assert_eq!(runs, [minutes(1), minutes(2), minutes(3)]);
}

#[tokio::test]
async fn workers_write_the_usual_schedule_and_keep_what_an_office_changed() {
    let scene = Scene::new().await;
    ensure(scene.database.writer(), &usual(), opening()).await.unwrap();
    scene.execute("UPDATE schedules SET every_seconds = 7 WHERE name = 'track_post'").await;

    let crew = scene.hire(WorkerSettings { schedule: true, ..brisk() });
    scene.clock.set(minutes(60));
    let rows = scene.until(|rows| rows.iter().filter(|r| r.finished_at.is_some()).count() >= 8).await;

    crew.dismiss().await;
    let mut kinds: Vec<_> = rows.iter().map(|row| row.kind.as_str()).collect();
    kinds.sort_unstable();
    let usual = [
        "chain_chronicle",
        "fetch_questions",
        "purge_expired",
        "sign_checkpoint",
        "sweep_digitisations",
        "sweep_payments",
        "sweep_warnings",
        "track_post",
    ];
    assert_eq!(kinds, usual);
    assert_eq!(rows[0].cause.as_deref().unwrap().split(':').next(), Some("schedule"));
}

fn line(every_seconds: i32, catch_up: bool) -> Schedule {
    let job = Job::TrackPost { carrier: None };
    Schedule { name: "track_post".into(), job, every_seconds, offset_seconds: 0, catch_up }
}

fn minutes(after_opening: i64) -> DateTime<Utc> {
    opening() + TimeDelta::minutes(after_opening)
}

async fn keys(scene: &Scene) -> Vec<String> {
    scene.rows().await.into_iter().map(|row| row.unique_key.unwrap()).collect()
}

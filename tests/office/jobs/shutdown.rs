//! Closing a process loses no job and repeats none that could end.

use super::scene::{Scene, brisk, inspect};
use entities::jobs::row::State;
use std::sync::Arc;
use tokio::sync::Notify;
use workers::settings::Concurrency;
use workers::{Outcome, WorkerSettings};

#[tokio::test]
async fn a_deed_under_way_ends_before_the_workers_close() {
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
    let crew = scene.hire(one_at_a_time());
    scene.order([inspect(1), inspect(2)]).await;
    begun.notified().await;

    let (dismissed, ()) = futures::future::join(crew.dismiss(), async { end.notify_one() }).await;

    let () = dismissed;
    assert_eq!(scene.states().await, [State::Done, State::Ready]);
}

#[tokio::test]
async fn a_deed_that_does_not_end_in_time_is_given_back_at_once() {
    let scene = Scene::new().await;
    let begun = Arc::new(Notify::new());
    let tell = begun.clone();
    scene.deeds.play(move |_, _| {
        tell.notify_one();
        std::future::pending()
    });
    let crew = scene.hire(WorkerSettings { drain_ms: 50, ..one_at_a_time() });
    scene.order([inspect(1), inspect(2)]).await;
    begun.notified().await;

    crew.dismiss().await;

    let rows = scene.rows().await;
    assert_eq!(scene.states().await, [State::Ready, State::Ready]);
    assert!(rows.iter().all(|row| row.lease_owner.is_none() && row.attempts == 0));
}

#[tokio::test]
async fn what_one_process_gives_back_another_does() {
    let scene = Scene::new().await;
    let begun = Arc::new(Notify::new());
    let tell = begun.clone();
    scene.deeds.play(move |_, _| {
        tell.notify_one();
        std::future::pending()
    });
    let crew = scene.hire(WorkerSettings { drain_ms: 50, ..brisk() });
    scene.order((1..=20).map(inspect)).await;
    begun.notified().await;
    crew.dismiss().await;

    scene.deeds.play(|_, _| async { Outcome::Done });
    let next = scene.hire(brisk());
    let rows = scene.until_all(State::Done).await;

    next.dismiss().await;
    assert!(rows.iter().all(|row| row.attempts == 1));
}

fn one_at_a_time() -> WorkerSettings {
    let concurrency = Concurrency { heavy: 1, ..Concurrency::default() };
    WorkerSettings { concurrency, ..brisk() }
}

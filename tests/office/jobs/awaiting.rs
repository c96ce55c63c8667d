//! Jobs that wait for a party: no attempt is used up, the order is kept, and they come forward when it is in use again.

use super::scene::{Scene, brisk, push};
use crate::support::clock::opening;
use chrono::TimeDelta;
use entities::jobs::row::{Model, State};
use entities::jobs::{MAX_ATTEMPTS, waiting};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use workers::Outcome;

fn off() -> Outcome {
    let after = Duration::from_secs(600);
    Outcome::Wait { party: "dvcqg".into(), after, reason: "dvcqg is off".into() }
}

fn awaits(row: &Model) -> bool {
    row.state == State::Ready && row.awaited_party.is_some()
}

#[tokio::test]
async fn a_month_of_waiting_uses_up_no_attempt() {
    let scene = Scene::new().await;
    scene.deeds.play(|_, _| async { off() });
    let crew = scene.hire(brisk());
    scene.order([push(1, 1)]).await;

    for looks in 1..=40 {
        let rows = scene.until(|rows| rows[0].attempts == looks && awaits(&rows[0])).await;
        scene.clock.set(rows[0].next_run_at + TimeDelta::days(1));
        scene.wake.ring_all(rules::jobs::Queue::ALL);
    }
    scene.deeds.play(|_, _| async { Outcome::Done });
    scene.clock.advance(TimeDelta::days(1));
    let rows = scene.until_all(State::Done).await;

    crew.dismiss().await;
    assert!(rows[0].finished_at.unwrap() > opening() + TimeDelta::days(30));
    assert_eq!(
        rows[0].max_attempts - rows[0].attempts,
        MAX_ATTEMPTS - 1,
        "only the last look was an attempt"
    );
    assert_eq!((&rows[0].awaited_party, &rows[0].last_error), (&None, &None));
}

#[tokio::test]
async fn what_waits_is_counted_keeps_its_order_and_comes_forward_together() {
    let scene = Scene::new().await;
    let live = Arc::new(AtomicBool::new(false));
    let asked = live.clone();
    scene.deeds.play(move |_, _| {
        let live = asked.load(Ordering::SeqCst);
        async move { if live { Outcome::Done } else { off() } }
    });
    let crew = scene.hire(brisk());
    scene.order([push(1, 1), push(1, 2), push(2, 1)]).await;
    let rows = scene.until(|rows| awaits(&rows[0]) && awaits(&rows[2])).await;

    let counted = waiting::counts(scene.database.reader()).await.unwrap();
    live.store(true, Ordering::SeqCst);
    let moved = waiting::bring_forward(scene.database.writer(), "dvcqg", scene.clock.now()).await.unwrap();
    scene.wake.ring_all(rules::jobs::Queue::ALL);
    scene.until_all(State::Done).await;

    crew.dismiss().await;
    assert_eq!((counted[0].party.as_str(), counted[0].number), ("dvcqg", 2));
    assert_eq!(rows[0].last_error.as_deref(), Some("dvcqg is off"));
    assert_eq!(moved, 2);
    let diary: Vec<String> =
        scene.deeds.diary().into_iter().filter(|line| line.starts_with("end 1/")).collect();
    assert_eq!(diary.last().map(String::as_str), Some("end 1/2"));
    assert_eq!(
        diary.iter().filter(|line| *line == "end 1/2").count(),
        1,
        "the second was never asked before"
    );
}

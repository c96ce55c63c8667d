//! Old papers are worked off in the places that new ones leave free.

use super::scene::{Scene, brisk, due, inspect};
use entities::jobs::row::State;
use rules::jobs::{Job, Queue};
use uuid::Uuid;
use workers::WorkerSettings;
use workers::settings::Concurrency;

fn old(number: u128) -> Job {
    Job::NormalisePaper { digitisation: Uuid::from_u128(number), backlog: true }
}

#[tokio::test]
async fn r_c2_a_new_paper_goes_before_every_old_one_however_long_those_wait() {
    let scene = Scene::new().await;
    scene.write((0..40).map(|number| due(old(number))).collect()).await;
    scene.write((0..5).map(|number| due(inspect(number))).collect()).await;

    let concurrency = Concurrency { quick: 0, party: 0, heavy: 1 };
    let crew = scene.hire(WorkerSettings { concurrency, ..brisk() });
    scene.until_all(State::Done).await;
    crew.dismiss().await;

    let begun: Vec<String> =
        scene.deeds.diary().into_iter().filter(|line| line.starts_with("begin")).collect();
    assert_eq!(begun.len(), 45);
    assert!(begun.iter().take(5).all(|line| line == "begin inspect_file"), "{begun:?}");
}

#[tokio::test]
async fn an_old_paper_rings_the_worker_of_the_new_ones_and_nobody_else_takes_it() {
    let scene = Scene::new().await;
    scene.write(vec![due(old(1))]).await;

    for queue in [Queue::Quick, Queue::Party, Queue::Heavy] {
        assert!(scene.claim("a", queue, 5).await.is_empty(), "{queue:?}");
    }
    let concurrency = Concurrency { quick: 0, party: 0, heavy: 2 };
    let crew = scene.hire(WorkerSettings { concurrency, poll_ms: 600_000, ..brisk() });
    scene.until_all(State::Done).await;
    scene.order([old(2)]).await;
    scene.until_all(State::Done).await;
    crew.dismiss().await;
}

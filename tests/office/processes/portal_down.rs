//! The national portal is down for a day of the office's clock; the office goes on and tells everything afterwards.

use super::books::Books;
use super::parties::Parties;
use super::room::{Crew, Room, hands};
use super::walk::Walk;
use chrono::TimeDelta;
use entities::jobs::row::State;
use futures::future::join_all;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_is_down_for_a_day_is_told_everything_in_order_afterwards() {
    let room = Room::open().await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    parties.portal.magic("down").await;
    let crew = Crew::hire(hands(&room.house, &parties));
    let books = Books { database: &room.house.database, parties: &parties };
    let mut walks = join_all((0..5).map(|number| Walk::begin(&room, number))).await;

    for half_hour in 0..48 {
        if half_hour % 4 == 0 {
            join_all(walks.iter_mut().map(|walk| walk.step(&room))).await;
        }
        room.pass(TimeDelta::minutes(30), &books).await;
    }
    assert_eq!(parties.portal.received().await["dossiers"], json!({}));
    let mut keys = BTreeSet::new();
    for job in books.open_jobs().await {
        assert_eq!(
            keys.insert(job.ordering_key.clone()),
            job.attempts > 0,
            "only the oldest is tried: {job:?}"
        );
    }
    assert_eq!(keys.len(), 5, "what waits is the portal's alone");

    parties.portal.magic("up").await;
    room.drain(&books).await;

    assert!(books.jobs(State::Dead).await.is_empty());
    books.assert_whole().await;
    for (code, held) in parties.portal.received().await["dossiers"].as_object().unwrap() {
        let lines = held["progress"].as_array().unwrap().len();
        assert!(held["pushes"] == 1 && lines > 1, "{code} was told in one record with {lines} lines");
    }
    books.assert_said_once().await;
    crew.dismiss().await;
}

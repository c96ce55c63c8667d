//! The national portal is switched off for a month, or left to rest while it fails: nothing is lost and all of it is told.

use super::books::Books;
use super::parties::Parties;
use super::room::{Crew, Room, hands};
use super::walk::Walk;
use chrono::TimeDelta;
use connectors::registry::find;
use entities::connectors::{NewState, states};
use entities::jobs::MAX_ATTEMPTS;
use futures::future::join_all;
use rules::actor::Actor;
use rules::parties::PartyState;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use workers::Hands;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_is_off_for_a_month_is_told_everything_in_order_when_it_is_live() {
    let room = Room::open().await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    let hands = careful(&room, &parties, json!({}));
    say(&room, PartyState::Off).await;
    hands.wires.lines["dvcqg"].set(PartyState::Off, BTreeMap::new());
    let crew = Crew::hire(hands);
    let books = Books { database: &room.house.database, parties: &parties };
    let mut walks = join_all((0..3).map(|number| Walk::begin(&room, number))).await;

    for _ in 0..10 {
        join_all(walks.iter_mut().map(|walk| walk.step(&room))).await;
        room.pass(TimeDelta::hours(1), &books).await;
    }
    for _ in 0..30 {
        room.pass(TimeDelta::days(1), &books).await;
    }
    assert_eq!(parties.portal.received().await["dossiers"], json!({}));
    books.assert_none_given_up().await;
    let waiting = books.open_jobs().await;
    let foremost: Vec<_> = waiting.iter().filter(|job| job.awaited_party.is_some()).collect();
    assert_eq!(foremost.len(), 3, "one for each dossier: {waiting:#?}");
    assert!(foremost.iter().all(|job| job.max_attempts - job.attempts == MAX_ATTEMPTS), "{foremost:#?}");

    say(&room, PartyState::Live).await;
    books.settle().await;

    books.assert_whole().await;
    books.assert_said_once().await;
    crew.dismiss().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_fails_is_asked_once_a_rest_and_told_everything_when_it_is_well() {
    let room = Room::open().await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    let hands = careful(&room, &parties, json!({"failures": 3, "first_rest_seconds": 60}));
    let line = hands.wires.lines["dvcqg"].clone();
    parties.portal.magic("down").await;
    let crew = Crew::hire(hands);
    let books = Books { database: &room.house.database, parties: &parties };
    let _walks = join_all((0..6).map(|number| Walk::begin(&room, number))).await;

    for _ in 0..12 {
        room.pass(TimeDelta::minutes(30), &books).await;
    }
    let failed = line.counts().failed;
    parties.portal.magic("up").await;
    for _ in 0..12 {
        room.pass(TimeDelta::minutes(30), &books).await;
    }
    books.settle().await;

    // Those that were under way together when it began to fail, and one for each time that passed.
    assert!((3..=3 + 6 + 12).contains(&failed), "{failed} calls");
    books.assert_none_given_up().await;
    books.assert_whole().await;
    crew.dismiss().await;
}

/// The hands of the workers, with the portal on a line of its own.
fn careful(room: &Room, parties: &Parties, line: Value) -> Hands {
    let mut hands = hands(&room.house, parties);
    let mut section = parties.portal.settings();
    section["line"] = line;
    hands.wires.set_up(find("dvcqg").unwrap(), &section).unwrap();
    hands
}

/// An administrator says whether the portal is used.
async fn say(room: &Room, state: PartyState) {
    let told = NewState { state, reason: "Kế hoạch của tỉnh".into() };
    let tx = room.house.database.begin().await.unwrap();
    let by = (&Actor::office(), room.house.clock.now());
    states::change(&tx, "dvcqg", &told, None, by).await.unwrap();
    tx.commit().await.unwrap();
}

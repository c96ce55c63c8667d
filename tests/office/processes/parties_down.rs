//! The mail server and the post are away for a day of the office's clock; what waited goes out afterwards, in order, once.

use super::books::Books;
use super::parties::Parties;
use super::room::{Crew, Room, hands};
use super::walk::Walk;
use chrono::TimeDelta;
use entities::jobs::row::State;
use futures::future::join_all;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_and_orders_wait_for_a_day_without_mail_and_post_and_go_out_in_order() {
    let room = Room::open().await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    for party in [&parties.mail, &parties.post] {
        party.magic("down").await;
    }
    let crew = Crew::hire(hands(&room.house, &parties));
    let books = Books { database: &room.house.database, parties: &parties };
    let mut walks = join_all((0..4).map(|number| Walk::begin(&room, number))).await;

    for half_hour in 0..48 {
        if half_hour % 4 == 0 {
            join_all(walks.iter_mut().map(|walk| walk.step(&room))).await;
        }
        room.pass(TimeDelta::minutes(30), &books).await;
    }
    assert_eq!(parties.mail.received().await["letters"], json!([]));
    assert_eq!(parties.post.received().await["orders"], json!({}));
    assert!(books.jobs(State::Dead).await.is_empty(), "a day is no reason to give up");

    for party in [&parties.mail, &parties.post] {
        party.magic("up").await;
    }
    room.drain(&books).await;

    books.assert_whole().await;
    books.assert_said_once().await;
    for (dossier, entries) in entries_told(&parties.mail.received().await["letters"]) {
        assert!(entries.is_sorted(), "letters of {dossier} in the order of what happened: {entries:?}");
    }
    crew.dismiss().await;
}

/// Entries that letters spoke of, by dossier, in the order in which they came in.
fn entries_told(letters: &Value) -> BTreeMap<String, Vec<i32>> {
    let mut told: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for letter in letters.as_array().unwrap() {
        let key = letter["message_id"].as_str().unwrap().split('@').next().unwrap();
        let (dossier, entry) = key.rsplit_once('-').unwrap();
        told.entry(dossier.to_owned()).or_default().push(entry.parse().unwrap());
    }
    told
}

//! The national monitor of use is away for a day of the office's clock; it is told every entry afterwards, in order, once.

use super::books::{Books, numbers};
use super::parties::{Parties, Party};
use super::room::{Crew, Room, hands};
use super::walk::Walk;
use crate::support::clock;
use connectors::wires::Wires;
use entities::dossiers::reading::entries;
use entities::jobs::row::State;
use entities::law::LawSettings;
use futures::future::join_all;
use rules::lifecycle::Effect;
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_monitor_that_is_down_for_a_day_is_told_how_each_dossier_stood_at_each_entry() {
    let law = LawSettings { usage_monitoring: true, ..LawSettings::default() };
    let room = Room::open_as(clock::standing(), Wires::default(), law).await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    let monitor = Party::start("emc", &room.house.clock, Duration::ZERO);
    monitor.magic("down").await;
    let mut hands = hands(&room.house, &parties);
    hands.wires.add("emc", monitor.connector());
    let crew = Crew::hire(hands);
    let books = Books { database: &room.house.database, parties: &parties };
    let mut walks = join_all((0..3).map(|number| Walk::begin(&room, number))).await;

    room.live_a_day(&mut walks, &books).await;
    assert_eq!(monitor.received().await["tracked"], json!([]));
    assert_eq!(books.jobs(State::Dead).await, [], "a day is no reason to give up");

    monitor.magic("up").await;
    room.drain(&books).await;

    assert_eq!(books.jobs(State::Dead).await, []);
    let heard = monitor.received().await["requests"].as_array().unwrap().clone();
    for walk in &walks {
        assert_eq!(told(&heard, walk), wanted(&room, walk).await, "{}", walk.code);
    }
    books.assert_whole().await;
    crew.dismiss().await;
}

/// Statuses told of a dossier, in the order in which they came in.
fn told(heard: &[Value], walk: &Walk) -> Vec<String> {
    let bodies = heard.iter().map(|request| &request["body"]);
    let own = bodies.filter(|body| body["codeProfile"] == walk.code.as_str());
    own.map(|body| body["status"].as_str().unwrap().to_owned()).collect()
}

/// 1 received, 2 in processing, 3 returned, 0 other: one for each entry that is told outside.
async fn wanted(room: &Room, walk: &Walk) -> Vec<String> {
    let happened = entries(room.house.database.reader(), walk.id.parse().unwrap()).await.unwrap();
    let told: Vec<i32> = numbers(&happened, Effect::Push).collect();
    let told = happened.iter().filter(|entry| told.contains(&entry.seq));
    let code = |status: &str| match status {
        "submitted" | "received" => "1",
        "processing" => "2",
        "decided" | "returned" => "3",
        _ => "0",
    };
    told.map(|entry| code(&entry.to_status).to_owned()).collect()
}

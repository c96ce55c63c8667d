//! A carrier of texts is away for a day of the office's clock: what waited is handed over afterwards, in order, once.

use super::books::{Books, numbers};
use super::parties::{Parties, Party};
use super::room::{Crew, Room, hands};
use super::walk::Walk;
use crate::notices::scene::approve;
use entities::dossiers::reading::entries;
use entities::jobs::row::State;
use entities::notices::reading::of_dossier;
use futures::future::join_all;
use rules::lifecycle::Effect;
use rules::notices::{NoticeChannel, NoticeEvent};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn texts_wait_for_a_day_without_their_carrier_and_go_out_in_order() {
    for key in ["sms_gateway", "zalo_zns"] {
        let room = Room::open().await;
        approve_all(&room).await;
        let parties = Parties::start(&room.house.clock, Duration::ZERO);
        let carrier = Party::start(key, &room.house.clock, Duration::ZERO);
        carrier.magic("down").await;
        let mut hands = hands(&room.house, &parties);
        hands.wires.add(key, carrier.connector());
        let crew = Crew::hire(hands);
        let books = Books { database: &room.house.database, parties: &parties };
        let mut walks = by_telephone(&room).await;

        room.live_a_day(&mut walks, &books).await;
        assert_eq!(carrier.received().await["texts"], json!([]), "{key}");
        assert_eq!(books.jobs(State::Dead).await, [], "{key}: a day is no reason to give up");

        carrier.magic("up").await;
        room.drain(&books).await;

        assert_eq!(books.jobs(State::Dead).await, [], "{key}");
        assert_told(&room, &walks, &carrier).await;
        crew.dismiss().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_zalo_does_not_take_goes_by_text_before_the_day_is_over_and_not_by_both() {
    let room = Room::open().await;
    approve_all(&room).await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    let [zalo, sms] =
        ["zalo_zns", "sms_gateway"].map(|key| Party::start(key, &room.house.clock, Duration::ZERO));
    zalo.magic("down").await;
    let mut hands = hands(&room.house, &parties);
    for party in [&zalo, &sms] {
        hands.wires.add(party.key, party.connector());
    }
    let crew = Crew::hire(hands);
    let books = Books { database: &room.house.database, parties: &parties };
    let mut walks = by_telephone(&room).await;

    room.live_a_day(&mut walks, &books).await;
    zalo.magic("up").await;
    room.drain(&books).await;

    assert_eq!(books.jobs(State::Dead).await, []);
    assert_eq!(zalo.received().await["texts"], json!([]));
    assert_told(&room, &walks, &sms).await;
    crew.dismiss().await;
}

/// Three dossiers of people who gave no address but a telephone.
async fn by_telephone(room: &Room) -> Vec<Walk> {
    let without_email = |body: &mut Value| {
        let applicant = body["applicant"].as_object_mut().unwrap();
        applicant.remove("email");
        applicant.insert("phone".into(), json!("0900000009"));
    };
    join_all((0..3).map(|number| Walk::begin_as(room, number, without_email))).await
}

/// Zalo has approved words for everything that applicants are told.
async fn approve_all(room: &Room) {
    let told = NoticeEvent::ALL.into_iter().filter(|event| event.channels().contains(&NoticeChannel::Zalo));
    for event in told {
        approve(&room.house.database, event, room.house.clock.now()).await;
    }
}

/// Each entry that is told came once, those of a line in the order of what happened.
async fn assert_told(room: &Room, walks: &[Walk], carrier: &Party) {
    let db = room.house.database.reader();
    let texts = carrier.received().await["texts"].as_array().unwrap().clone();
    assert!(texts.iter().all(|text| text["copies"] == 1), "{texts:#?}");
    let mut wanted = 0;
    for walk in walks {
        let dossier: Uuid = walk.id.parse().unwrap();
        let notices = of_dossier(db, dossier).await.unwrap();
        let told = texts.iter().filter_map(|text| {
            let key: Uuid = text["key"].as_str().unwrap().parse().unwrap();
            notices.iter().find(|notice| notice.id == key)
        });
        let told: Vec<(bool, i32)> = told.map(|notice| (notice.quiet, notice.entry)).collect();
        for quiet in [false, true] {
            let line = told.iter().filter(|(waits, _)| *waits == quiet).map(|(_, entry)| entry);
            assert!(line.is_sorted(), "{}: {told:?}", walk.code);
        }
        let mut entries_told: Vec<i32> = told.iter().map(|(_, entry)| *entry).collect();
        entries_told.sort_unstable();
        let happened = entries(db, dossier).await.unwrap();
        assert_eq!(entries_told, numbers(&happened, Effect::Notify).collect::<Vec<_>>(), "{}", walk.code);
        wanted += told.len();
    }
    assert_eq!(texts.len(), wanted, "nothing else was said");
}

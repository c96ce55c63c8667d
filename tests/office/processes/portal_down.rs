//! The national portal is down for a day of the office's clock; the office goes on and tells everything afterwards.

use super::books::Books;
use super::parties::Parties;
use super::waiting::until;
use super::walk::{Office, Walk, Who};
use crate::support::house::{ADMINISTRATOR, CITIZEN, House};
use chrono::TimeDelta;
use connectors::wires::Wires;
use entities::catalogue::units;
use entities::database::Database;
use entities::jobs::row::State;
use entities::people::{Held, assign};
use futures::future::join_all;
use reqwest::{Method, RequestBuilder};
use rules::actor::{Assignment, Role};
use rules::jobs::Queue;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use uuid::Uuid;
use workers::{Hands, WorkerSettings};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_is_down_for_a_day_is_told_everything_in_order_afterwards() {
    let room = Room::open().await;
    let parties = Parties::start(&room.house.clock, Duration::ZERO);
    parties.portal.magic("down").await;
    let (stop, stopped) = oneshot::channel::<()>();
    let working = tokio::spawn(workers::run(hands(&room.house, &parties), settings(), async {
        let _ = stopped.await;
    }));
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
    let mut hours = 0;
    while !books.open_jobs().await.is_empty() {
        room.pass(TimeDelta::minutes(30), &books).await;
        hours += 1;
        assert!(hours <= 24, "half a day is enough");
    }

    assert!(books.jobs(State::Dead).await.is_empty());
    books.assert_whole().await;
    for (code, held) in parties.portal.received().await["dossiers"].as_object().unwrap() {
        let lines = held["progress"].as_array().unwrap().len();
        assert!(held["pushes"] == 1 && lines > 1, "{code} was told in one record with {lines} lines");
    }
    books.assert_said_once().await;
    stop.send(()).unwrap();
    working.await.unwrap().unwrap();
}

/// An office in this process whose clock stands until it is moved.
pub(super) struct Room {
    pub(super) house: House,
    unit: Uuid,
}

impl Room {
    pub(super) async fn open() -> Self {
        let house = House::open().await;
        let unit = units::by_code(house.database.reader(), "H55.121").await.unwrap().row.id;
        let room = Self { house, unit };
        let tx = room.house.database.begin().await.unwrap();
        for role in [Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance] {
            let assignment = Assignment { role, unit: Some(unit) };
            let held = Held { assignment, name: "Người Mẫu".into(), title: "Công chức".into() };
            assign(&tx, &room.subject(Who::Officer), &held, room.house.clock.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        room
    }

    /// Moves the clock and waits until everything due by then was tried.
    pub(super) async fn pass(&self, time: TimeDelta, books: &Books<'_>) {
        self.house.clock.advance(time);
        self.house.office.wake.ring_all(Queue::ALL);
        let now = self.house.clock.now();
        until("what is due was tried", async || {
            let mut keys = BTreeSet::new();
            let open = books.open_jobs().await;
            let mut foremost = open.iter().filter(|job| keys.insert(&job.ordering_key));
            foremost.all(|job| job.state == State::Ready && job.next_run_at > now).then_some(())
        })
        .await;
    }
}

impl Office for Room {
    fn ask(&self, who: Who, path: &str) -> RequestBuilder {
        let request = self.house.ask_as(person(who), Method::POST, path);
        request.header("idempotency-key", Uuid::now_v7().to_string()).header("if-match", "*")
    }

    fn subject(&self, who: Who) -> String {
        self.house.office.demo.as_ref().unwrap().subject_of(person(who))
    }

    fn database(&self) -> &Database {
        &self.house.database
    }

    fn unit(&self) -> Uuid {
        self.unit
    }
}

fn person(who: Who) -> &'static str {
    match who {
        Who::Citizen(_) => CITIZEN,
        Who::Officer => ADMINISTRATOR,
    }
}

pub(super) fn settings() -> WorkerSettings {
    WorkerSettings { poll_ms: 20, schedule: false, ..WorkerSettings::default() }
}

pub(super) fn hands(house: &House, parties: &Parties) -> Hands {
    let each = [&parties.mail, &parties.portal, &parties.post];
    let wires =
        each.into_iter().fold(Wires::default(), |wires, party| wires.with(party.key, party.connector()));
    let office = json!({
        "public_url": "https://motcua.test",
        "link_secret": "một khóa ký đường dẫn chỉ dùng trong thử nghiệm",
        "sender": {"name": "Một cửa", "address": "Tổ 1", "phone": "02090000001", "province_code": "06"},
    });
    Hands {
        database: Database::clone(&house.database),
        clock: house.clock.clone(),
        wake: house.office.wake.clone(),
        sealer: house.office.sealer.clone(),
        catalogue: house.office.catalogue.clone(),
        files: Arc::clone(&house.office.files),
        wires,
        office: Arc::new(serde_json::from_value(office).unwrap()),
    }
}

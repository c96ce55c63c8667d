//! An office inside the test whose clock stands until it is moved, and its workers.

use super::books::Books;
use super::parties::Parties;
use super::waiting::until;
use super::walk::{Office, Walk, Who};
use crate::support::clock;
use crate::support::house::{ADMINISTRATOR, CITIZEN, House, LINK_SECRET};
use chrono::TimeDelta;
use connectors::wires::Wires;
use entities::catalogue::units;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::row::State;
use entities::law::LawSettings;
use entities::people::{Held, assign};
use futures::future::join_all;
use reqwest::{Method, RequestBuilder};
use rules::actor::{Assignment, Role};
use rules::jobs::Queue;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;
use workers::{Hands, WorkerSettings};

/// The office.
pub(super) struct Room {
    pub(super) house: House,
    unit: Uuid,
}

impl Room {
    pub(super) async fn open() -> Self {
        Self::open_as(clock::standing(), Wires::default(), LawSettings::default()).await
    }

    /// On a clock that its parties share, with parties that the edge knows, in an office that has chosen so.
    pub(super) async fn open_as(clock: Clock, wires: Wires, law: LawSettings) -> Self {
        let house = House::open_as(clock, wires, law).await;
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

impl Room {
    /// Passes half hours until no job is open.
    pub(super) async fn drain(&self, books: &Books<'_>) {
        for _ in 0..24 {
            if books.open_jobs().await.is_empty() {
                return;
            }
            self.pass(TimeDelta::minutes(30), books).await;
        }
        panic!("half a day is enough: {:#?}", books.open_jobs().await);
    }

    /// A day of half hours; each dossier takes a step in every hour of the working day.
    pub(super) async fn live_a_day(&self, walks: &mut [Walk], books: &Books<'_>) {
        for half_hour in 0..48 {
            if half_hour % 2 == 0 && half_hour < 20 {
                join_all(walks.iter_mut().map(|walk| walk.step(self))).await;
            }
            self.pass(TimeDelta::minutes(30), books).await;
        }
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

/// The workers of one process.
pub(super) struct Crew {
    stop: oneshot::Sender<()>,
    working: JoinHandle<Result<(), workers::Error>>,
}

impl Crew {
    pub(super) fn hire(hands: Hands) -> Self {
        let settings = WorkerSettings { poll_ms: 20, schedule: false, ..WorkerSettings::default() };
        let (stop, stopped) = oneshot::channel::<()>();
        let working = tokio::spawn(workers::run(hands, settings, async {
            let _ = stopped.await;
        }));
        Self { stop, working }
    }

    pub(super) async fn dismiss(self) {
        self.stop.send(()).unwrap();
        self.working.await.unwrap().unwrap();
    }
}

/// The hands of workers that reach the mailbox, the portal and the post.
pub(super) fn hands(house: &House, parties: &Parties) -> Hands {
    let each = [&parties.mail, &parties.portal, &parties.post];
    let wires =
        each.into_iter().fold(Wires::default(), |wires, party| wires.with(party.key, party.connector()));
    hands_of(&house.office, wires)
}

/// The hands of workers that reach these parties.
pub fn hands_of(office: &api::Office, wires: Wires) -> Hands {
    let settings = json!({
        "public_url": "https://motcua.test",
        "link_secret": LINK_SECRET,
        "sender": {"name": "Một cửa", "address": "Tổ 1", "phone": "02090000001", "province_code": "06"},
    });
    Hands {
        database: office.db.clone(),
        clock: office.clock.clone(),
        wake: office.wake.clone(),
        sealer: office.sealer.clone(),
        catalogue: office.catalogue.clone(),
        files: Arc::clone(&office.files),
        wires,
        office: Arc::new(serde_json::from_value(settings).unwrap()),
        digitising: Arc::default(),
    }
}

//! A payment platform is away while people want to pay, or while the office asks how payments stand.

use super::books::Books;
use super::parties::{Parties, Party};
use super::room::{Crew, Room, hands};
use super::waiting::until;
use super::walk::{Office, Walk, Who};
use crate::support::clock;
use crate::support::house::{CITIZEN, json};
use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::TimeDelta;
use connectors::wires::Wires;
use entities::jobs::row::State;
use entities::jobs::{NewJob, insert};
use entities::law::LawSettings;
use entities::tables::payments::{Entity, Model};
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::{Value, json as body};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wants_to_pay_while_the_platform_is_down_is_told_so_and_pays_once_later() {
    for key in ["keypay_v3", "national_platform", "paygov"] {
        let till = Till::open(key).await;
        let books = till.books();
        till.platform.magic("down").await;
        let dossier = till.owing(0).await;

        let first = till.pay(&dossier).await;
        let again = till.pay(&dossier).await;
        for _ in 0..5 {
            till.room.pass(TimeDelta::minutes(30), &books).await;
        }

        assert_eq!(first["id"], again["id"], "{key}: who asks again finds the payment that is being opened");
        let told = till.payments(&dossier).await;
        assert_eq!((told.len(), &told[0]["state"]), (1, &body!("failed")), "{key}: {told:?}");
        let words = told[0]["trouble"].as_str().unwrap();
        assert!(words.contains("thử lại sau") && words.contains("another way"), "{key}: {words}");
        let given_up = books.jobs(State::Dead).await;
        let reason = given_up[0].last_error.as_deref().unwrap();
        assert!(
            given_up.len() == 1 && reason.contains("503"),
            "{key}: administrators read why: {given_up:#?}"
        );

        till.platform.magic("up").await;
        let anew = till.opened(&dossier).await;
        till.news_go_to(&till.callback()).await;
        till.press(&anew, "pays").await;
        till.until_paid(&anew).await;

        let rows = till.rows().await;
        let states: Vec<&str> = rows.iter().map(|row| row.state.as_str()).collect();
        assert_eq!(states, ["failed", "paid"], "{key}");
        assert_eq!(till.held().await.len(), 1, "{key}: the platform knows one payment");
        till.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payments_whose_news_was_lost_are_asked_about_after_a_day_and_booked_once() {
    for key in ["keypay_v3", "national_platform", "viettelpay_qr"] {
        let till = Till::open(key).await;
        let books = till.books();
        let (swallows, server) = somebody_in_between();
        till.news_go_to(&swallows).await;
        for number in 0..3 {
            let dossier = till.owing(number).await;
            let payment = till.opened(&dossier).await;
            till.press(&payment, "pays").await;
        }
        assert!(till.held().await.iter().all(|held| held["state"] == "paid"), "{key}");

        till.platform.magic("down").await;
        for _ in 0..48 {
            till.sweep().await;
            till.room.pass(TimeDelta::minutes(30), &books).await;
        }
        let waiting = till.rows().await;
        let unheard = |row: &Model| ["pending", "expired"].contains(&row.state.as_str());
        assert!(waiting.iter().all(unheard), "{key}: nothing is guessed: {waiting:#?}");

        till.platform.magic("up").await;
        for _ in 0..4 {
            till.sweep().await;
            till.room.pass(TimeDelta::minutes(30), &books).await;
        }

        assert_eq!(books.jobs(State::Dead).await, [], "{key}");
        let rows = till.rows().await;
        assert!(rows.len() == 3 && rows.iter().all(|row| row.state == "paid"), "{key}: {rows:#?}");
        for dossier in books.dossiers().await {
            let entries = entities::dossiers::reading::entries(books.database.reader(), dossier.id).await;
            let booked = entries.unwrap().iter().filter(|entry| entry.act == "record_payment").count();
            assert_eq!((booked, dossier.fee_state.as_str()), (1, "paid"), "{key} {}", dossier.code);
        }
        drop(server.stop(false));
        till.close().await;
    }
}

/// An office with one payment platform, and its workers.
pub(super) struct Till {
    pub(super) room: Room,
    pub(super) platform: Party,
    parties: Parties,
    crew: Crew,
}

impl Till {
    pub(super) async fn open(key: &'static str) -> Self {
        let clock = clock::standing();
        let platform = Party::start(key, &clock, Duration::ZERO);
        let wires = Wires::default().with(key, platform.connector());
        Self::open_over(clock, platform, wires).await
    }

    /// With workers that reach the platform over these wires.
    pub(super) async fn open_over(clock: entities::clock::Clock, platform: Party, wires: Wires) -> Self {
        let room = Room::open_as(clock.clone(), wires.clone(), LawSettings::default()).await;
        let parties = Parties::start(&clock, Duration::ZERO);
        let mut hands = hands(&room.house, &parties);
        hands.wires.add(platform.key, wires.connectors[platform.key].clone());
        Self { crew: Crew::hire(hands), room, platform, parties }
    }

    pub(super) fn books(&self) -> Books<'_> {
        Books { database: &self.room.house.database, parties: &self.parties }
    }

    /// A dossier that was received and owes its fee.
    pub(super) async fn owing(&self, citizen: usize) -> Walk {
        let mut walk = Walk::begin(&self.room, citizen).await;
        assert!(walk.step(&self.room).await);
        walk
    }

    /// The citizen asks for a page to pay at.
    async fn pay(&self, dossier: &Walk) -> Value {
        let asked = self.room.ask(Who::Citizen(0), &dossier.path("payments"));
        json(asked.json(&body!({"platform": self.platform.key})).send().await.unwrap(), 201).await
    }

    /// The citizen asks for a page, and has it.
    pub(super) async fn opened(&self, dossier: &Walk) -> Value {
        let asked = self.pay(dossier).await;
        self.room.pass(TimeDelta::seconds(1), &self.books()).await;
        let all = self.payments(dossier).await;
        let payment = all.into_iter().find(|payment| payment["id"] == asked["id"]).unwrap();
        assert_eq!(payment["state"], "pending", "{payment}");
        if let Some(code) = payment["qr_content"].as_str() {
            self.platform.press("/scan", &serde_json::from_str(code).unwrap()).await;
        }
        payment
    }

    async fn payments(&self, dossier: &Walk) -> Vec<Value> {
        let answer = self.room.house.read_as(CITIZEN, &dossier.path("payments")).await;
        json(answer, 200).await.as_array().unwrap().clone()
    }

    /// The payer presses a button of the platform's page.
    pub(super) async fn press(&self, payment: &Value, magic: &str) {
        self.platform
            .press(&format!("/pay/{}/{magic}", payment["reference"].as_str().unwrap()), &body!({}))
            .await;
    }

    pub(super) async fn until_paid(&self, payment: &Value) {
        until("it is paid", async || {
            self.room.pass(TimeDelta::seconds(1), &self.books()).await;
            let rows = self.rows().await;
            let row = rows.iter().find(|row| payment["id"] == row.id.to_string().as_str()).unwrap();
            (row.state == "paid").then_some(())
        })
        .await;
    }

    /// Where the platform takes its news.
    pub(super) async fn news_go_to(&self, url: &str) {
        self.platform.press("/__callback", &body!({"url": url})).await;
    }

    pub(super) fn callback(&self) -> String {
        format!("{}/v1/callbacks/payments/{}", self.room.house.url, self.platform.key)
    }

    /// The schedule's sweep over payments and refunds.
    pub(super) async fn sweep(&self) {
        let (db, now) = (&self.room.house.database, self.room.house.clock.now());
        let job = insert(vec![NewJob::new(Job::SweepPayments {}, now)], now).unwrap().unwrap();
        db.writer().execute(&job).await.unwrap();
    }

    /// Our payments, oldest first.
    pub(super) async fn rows(&self) -> Vec<Model> {
        use entities::tables::payments::Column;
        Entity::find().order_by_asc(Column::Id).all(self.room.house.database.reader()).await.unwrap()
    }

    /// The platform's payments.
    pub(super) async fn held(&self) -> Vec<Value> {
        self.platform.received().await["payments"].as_array().unwrap().clone()
    }

    pub(super) async fn close(self) {
        self.crew.dismiss().await;
    }
}

/// Agrees to everything in the office's name and passes nothing on.
fn somebody_in_between() -> (String, actix_web::dev::ServerHandle) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let agrees = || async { HttpResponse::Ok().json(body!({"error_code": "00"})) };
    let server = HttpServer::new(move || App::new().default_service(web::to(agrees)));
    let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
    let handle = server.handle();
    tokio::spawn(server);
    (url, handle)
}

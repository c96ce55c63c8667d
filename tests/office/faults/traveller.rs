//! A client that does not give up: every step of a dossier under one key, asked again until it is answered.

use super::office::Office;
use crate::processes::passports::Person;
use crate::processes::waiting::beat;
use crate::processes::walk::application;
use crate::support::commune::receipt_number;
use entities::clock::Clock;
use entities::jobs::{NewJob, insert};
use reqwest::{Method, RequestBuilder};
use rules::jobs::Job;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// A step that has no answer by then never gets one.
const PATIENCE: Duration = Duration::from_secs(180);

/// News that is not there by then was lost on its way.
const MOMENT: Duration = Duration::from_secs(2);

/// What the client was told of its dossier.
#[derive(Debug, Clone)]
pub struct Told {
    pub id: Uuid,
    pub code: String,
    /// Status that it must have come to.
    pub end: &'static str,
}

/// One citizen with one dossier, and the officer who sees to it.
pub struct Traveller<'a> {
    office: &'a Office,
    number: usize,
    citizen: Person,
    officer: Person,
}

impl<'a> Traveller<'a> {
    pub fn new(office: &'a Office, number: usize) -> Self {
        Self::again(office, number, number)
    }

    /// A person who has come before, with another dossier.
    pub fn again(office: &'a Office, person: usize, number: usize) -> Self {
        let (citizen, officer) = (office.premises.citizen(person), office.premises.officer());
        Self { office, number, citizen, officer }
    }

    /// From the first upload to the end: every second result goes by post, every third fee is paid online, every
    /// fifth application is withdrawn.
    pub async fn travel(&self) -> Told {
        let (id, code) = self.hand_in().await;
        let told = |end| Told { id, code: code.clone(), end };
        self.act(id, "acceptance", &json!({})).await;
        if self.number % 5 == 4 {
            let path = format!("/v1/dossiers/{id}/withdrawal");
            self.asked(&self.citizen, &path, "rut", &json!({"reason": "Tôi không cần nữa."})).await;
            return told("withdrawn");
        }
        self.supplement(id).await;
        self.act(id, "payment-request", &json!({})).await;
        self.pay(id).await;
        for round in 0..3 {
            let path = format!("/v1/dossiers/{id}/forwarding");
            self.asked(&self.officer, &path, &format!("chuyen-{round}"), &json!({})).await;
        }
        let file = self.upload(&self.officer, "ket-qua").await;
        let decision =
            json!({"outcome": "granted", "number": "12/CT", "result_code": "KQ-CC-01", "file": file});
        self.act(id, "decision", &decision).await;
        if self.by_post() {
            return told("decided");
        }
        self.act(id, "return", &json!({"proof": "Người nộp đã ký nhận."})).await;
        told("returned")
    }

    /// The application with its papers; gives key and code of the dossier.
    pub async fn hand_in(&self) -> (Uuid, String) {
        let papers = [self.paper("giay-1").await, self.paper("giay-2").await];
        self.hand_in_with(&papers).await
    }

    /// The same with papers that are there.
    pub async fn hand_in_with(&self, papers: &[Uuid]) -> (Uuid, String) {
        let mut body = application(self.office.premises.unit, self.number, papers);
        body["return_method"] = json!(if self.by_post() { "post" } else { "desk" });
        let dossier = self.asked(&self.citizen, "/v1/dossiers", "nop", &body).await;
        (key_of(&dossier), dossier["code"].as_str().unwrap().to_owned())
    }

    fn by_post(&self) -> bool {
        self.number.is_multiple_of(2)
    }

    async fn supplement(&self, id: Uuid) {
        let ask = json!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]});
        self.act(id, "supplement-request", &ask).await;
        let papers = json!({"papers": [{"component": "CC-02", "file": self.paper("giay-3").await}]});
        self.asked(&self.citizen, &format!("/v1/dossiers/{id}/supplement"), "bo-sung", &papers).await;
    }

    /// An act of the officer.
    pub async fn act(&self, id: Uuid, act: &str, body: &Value) {
        self.asked(&self.officer, &format!("/v1/dossiers/{id}/{act}"), act, body).await;
    }

    async fn pay(&self, id: Uuid) {
        if self.number.is_multiple_of(3) {
            self.pay_online(id).await;
        } else {
            let cash = json!({"receipt_number": receipt_number()});
            self.act(id, "cash-payment", &cash).await;
        }
    }

    /// Opens a payment, pays on the platform's page, and sees to it that the office hears of it, if only when it asks.
    async fn pay_online(&self, id: Uuid) {
        let path = format!("/v1/dossiers/{id}/payments");
        let opened =
            self.asked(&self.citizen, &path, "tra-tien", &json!({"platform": "national_platform"})).await;
        let payment = self.seen(&path, |list| {
            let mine = list.as_array()?.iter().find(|row| row["id"] == opened["id"])?;
            (mine["state"] != "opening").then(|| mine.clone())
        });
        let payment = payment.await;
        assert_eq!(payment["state"], "pending", "{payment}");
        let page = format!("/pay/{}/pays", payment["reference"].as_str().unwrap());
        let paid = |dossier: &Value| (dossier["fee_state"] == "paid").then_some(());
        let (dossier, until) = (format!("/v1/dossiers/{id}"), Instant::now() + PATIENCE);
        while Instant::now() < until {
            self.office.premises.parties.payment.press(&page, &json!({})).await;
            if self.seen_within(MOMENT, &dossier, paid).await.is_some() {
                return;
            }
            self.office.ask_the_platform(key_of(&payment)).await;
            if self.seen_within(MOMENT, &dossier, paid).await.is_some() {
                return;
            }
        }
        panic!("{payment} was paid, and the office never heard of it");
    }

    /// A file of the citizen; gives its key.
    pub async fn paper(&self, name: &str) -> Uuid {
        if self.number.is_multiple_of(3) {
            self.upload_in_parts(&self.citizen, name).await
        } else {
            self.upload(&self.citizen, name).await
        }
    }

    /// A whole file in one request.
    async fn upload(&self, by: &Person, name: &str) -> Uuid {
        key_of(&self.answered(PATIENCE, || self.whole(by, name)).await.unwrap())
    }

    fn whole(&self, by: &Person, name: &str) -> RequestBuilder {
        let head = format!(
            "--giay\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        let body = [head.into_bytes(), self.bytes(name), b"\r\n--giay--\r\n".to_vec()].concat();
        let request = self.request(Method::POST, by, "/v1/uploads").header("idempotency-key", self.key(name));
        request.header("content-type", "multipart/form-data; boundary=giay").body(body)
    }

    /// A file in one request, asked once, whatever the answer.
    pub async fn upload_once(&self, name: &str) -> reqwest::Response {
        self.whole(&self.citizen, name).send().await.unwrap()
    }

    /// The same in two parts; where the office stands after a fault, it says itself.
    async fn upload_in_parts(&self, by: &Person, name: &str) -> Uuid {
        let bytes = self.bytes(name);
        let begun = json!({"name": format!("{name}.pdf"), "size": bytes.len()});
        let upload = format!("/v1/uploads/{}", key_of(&self.asked(by, "/v1/uploads", name, &begun).await));
        loop {
            let stands = self.answered(PATIENCE, || self.request(Method::GET, by, &upload)).await.unwrap();
            if let Some(file) = stands["file_id"].as_str() {
                return file.parse().unwrap();
            }
            let from = usize::try_from(stands["received"].as_u64().unwrap()).unwrap();
            let half = bytes.len() / 2;
            let to = if from < half { half } else { bytes.len() };
            let part = self.request(Method::PATCH, by, &upload).header("upload-offset", from);
            let part = part.header("content-type", "application/offset+octet-stream");
            let _ = part.body(bytes[from..to].to_vec()).send().await;
        }
    }

    /// A small PDF like no other.
    fn bytes(&self, name: &str) -> Vec<u8> {
        let (head, rest) = crate::support::papers::PDF.split_once('\n').unwrap();
        format!("{head}\n%{name} {}\n{rest}", self.number).into_bytes()
    }

    /// A POST of JSON under a key of this step alone, until it is taken.
    async fn asked(&self, by: &Person, path: &str, step: &str, body: &Value) -> Value {
        let ask = || {
            let request = self.request(Method::POST, by, path).header("idempotency-key", self.key(step));
            request.header("if-match", "*").json(body)
        };
        self.answered(PATIENCE, ask).await.unwrap_or_else(|| panic!("{path} was never answered"))
    }

    /// What an address shows as soon as there is something to see.
    async fn seen<T>(&self, path: &str, look: impl Fn(&Value) -> Option<T>) -> T {
        self.seen_within(PATIENCE, path, look).await.unwrap_or_else(|| panic!("{path} never showed it"))
    }

    async fn seen_within<T>(
        &self,
        time: Duration,
        path: &str,
        look: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let (until, mut beat) = (Instant::now() + time, beat(Duration::from_millis(100)));
        while Instant::now() < until {
            beat.tick().await;
            let shown = self.answered(time, || self.request(Method::GET, &self.citizen, path)).await?;
            if let Some(seen) = look(&shown) {
                return Some(seen);
            }
        }
        None
    }

    /// The first answer that is neither a broken line nor 5xx.
    async fn answered(&self, time: Duration, request: impl Fn() -> RequestBuilder) -> Option<Value> {
        let (until, mut beat) = (Instant::now() + time, beat(Duration::from_millis(40)));
        while Instant::now() < until {
            beat.tick().await;
            if let Ok(answer) = request().send().await {
                let (status, path) = (answer.status(), answer.url().path().to_owned());
                if let Ok(body) = answer.text().await
                    && !status.is_server_error()
                {
                    assert!(status.is_success(), "{path}: {status} {body}");
                    return Some(serde_json::from_str(&body).unwrap_or(Value::Null));
                }
            }
        }
        None
    }

    fn request(&self, method: Method, by: &Person, path: &str) -> RequestBuilder {
        self.office.request(method, path).bearer_auth(&by.token)
    }

    fn key(&self, step: &str) -> String {
        format!("{}-{step}", self.number)
    }
}

impl Office {
    /// What the schedule's sweep writes for a payment that has been silent for half an hour.
    async fn ask_the_platform(&self, payment: Uuid) {
        let (db, now) = (&self.premises.database, Clock::system().now());
        let job = insert(vec![NewJob::new(Job::QueryPayment { payment }, now)], now).unwrap().unwrap();
        db.writer().execute(&job).await.unwrap();
    }
}

fn key_of(shown: &Value) -> Uuid {
    shown["id"].as_str().unwrap().parse().unwrap()
}

//! The national payment platform, message version 1.0.6 (law.md §4.3, wire.md §2.1).

mod answers;
mod confirm;
mod receipt_details;
mod requests;
pub mod sandbox;
mod signature;

use super::{
    Heard, Offers, Opened, Order, PaymentPlatform, RefundOrder, RefundTaken, Rejected, Standing,
    StatementLine, not_offered,
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

pub(crate) use receipt_details::receipt_details;
pub(crate) use signature::sign;

/// Settings of the platform. Example:
/// `{"url": "https://thanhtoan.example/api", "partner_code": "H99", "secret": "…", "bearer": "…"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address, of the platform itself or of the integration axis before it.
    pub url: String,
    /// Paths of the messages below the base address.
    #[serde(default)]
    pub paths: Paths,
    /// Code the platform gave to the province (`MaDoiTac`).
    pub partner_code: String,
    /// Secret that ends every signature.
    pub secret: SecretString,
    /// Token of the integration axis; its answers come wrapped as text in `message`.
    #[serde(default)]
    pub bearer: Option<SecretString>,
    /// What turns a procedure code into the code of its online form (`MaDVC`).
    #[serde(default = "first_form")]
    pub service_suffix: String,
    /// How phí and lệ phí are told apart; the two clients in the field differ.
    #[serde(default)]
    pub fee_kinds: FeeKinds,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// Paths of the three requests.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paths {
    /// Of INIT.
    pub init: String,
    /// Of QUERY.
    pub query: String,
    /// Of GET_BILL.
    pub bill: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self { init: "/init".to_owned(), query: "/query".to_owned(), bill: "/bill".to_owned() }
    }
}

/// The two ways to write `LoaiPhiLePhi`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKinds {
    /// `1` phí, `2` lệ phí.
    #[default]
    Digits,
    /// `Phi`, `LePhi`.
    Words,
}

fn first_form() -> String {
    ".01".to_owned()
}

/// The adapter.
#[derive(Debug)]
pub struct NationalPlatform {
    settings: Settings,
    out: Outgoing,
}

impl NationalPlatform {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        if settings.partner_code.chars().count() > 50 {
            return Err(Failure::fail("the partner code has more than 50 characters"));
        }
        let out = Outgoing::new("the payment platform", &settings.limits, wire)?;
        Ok(Self { settings, out })
    }

    async fn ask(&self, trip: &Trip, what: &str, path: &str, body: &Value) -> Result<Answer, Failure> {
        let bearer = self.settings.bearer.iter();
        let headers =
            bearer.map(|token| ("authorization", format!("Bearer {}", token.expose_secret()))).collect();
        let url = format!("{}{path}", self.settings.url);
        self.out.send(trip, Ask { url: &url, what, headers, body: Body::Json(body) }).await?.taken()
    }
}

#[async_trait]
impl PaymentPlatform for NationalPlatform {
    async fn open(&self, trip: &Trip, order: &Order) -> Result<Opened, Failure> {
        let body = requests::init(&self.settings, order, trip.at)?;
        let answer = self.ask(trip, "INIT", &self.settings.paths.init, &body).await?;
        answers::read_opened(&answer)
    }

    fn verify(&self, body: &[u8]) -> Result<Heard, Rejected> {
        let message = confirm::Message::read(body)?;
        message.believed(&self.settings, "CONFIRM")?.notice().map(Heard::Notice)
    }

    fn acknowledge(&self, at: DateTime<Utc>, body: &[u8], ok: bool, words: &str) -> Value {
        confirm::acknowledgement(body, ok, words, at)
    }

    async fn query(&self, trip: &Trip, reference: &str) -> Result<Standing, Failure> {
        let body = requests::question(&self.settings, "QUERY", reference, trip.at);
        let answer = self.ask(trip, "QUERY", &self.settings.paths.query, &body).await?;
        answers::read_standing(&self.settings, reference, &answer)
    }

    async fn receipt(&self, trip: &Trip, reference: &str) -> Result<Vec<u8>, Failure> {
        let body = requests::question(&self.settings, "GET_BILL", reference, trip.at);
        let answer = self.ask(trip, "GET_BILL", &self.settings.paths.bill, &body).await?;
        answers::read_receipt(answer)
    }

    fn offers(&self) -> Offers {
        Offers { page: true, query: true, receipt: true, ..Offers::default() }
    }

    async fn refund(&self, _: &Trip, _: &RefundOrder) -> Result<RefundTaken, Failure> {
        Err(not_offered("refund"))
    }

    async fn statement(&self, _: &Trip, _: NaiveDate) -> Result<Vec<StatementLine>, Failure> {
        Err(not_offered("list of a day"))
    }
}

#[cfg(test)]
mod tests;

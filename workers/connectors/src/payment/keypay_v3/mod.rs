//! KeyPay, message version 3.0, as it stands behind the national portal's payments (wire.md §2.2).

mod answers;
mod callback;
mod requests;
pub mod sandbox;

use super::{
    Heard, Offers, Opened, Order, PaymentPlatform, RefundOrder, RefundStanding, RefundTaken, Rejected,
    Standing, StatementLine, national_platform::FeeKinds, not_offered,
};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

/// Settings of the platform. Example:
/// `{"url": "https://keypay.example/api", "client_id": "H99", "first_key": "…", "second_key": "…",
/// "return_url": "https://motcua.tinh.example", "query_command": "QUERY"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address.
    pub url: String,
    /// Paths of the messages below the base address.
    #[serde(default)]
    pub paths: Paths,
    /// What the platform calls us.
    pub client_id: String,
    /// Key that our requests are signed with.
    pub first_key: SecretString,
    /// Key that the platform's answers are signed with.
    pub second_key: SecretString,
    /// Which of the two signs callbacks; the clients in the field differ.
    #[serde(default)]
    pub callbacks_signed_with: Signer,
    /// Where the payer's browser comes back to; nothing is believed of what it brings.
    pub return_url: String,
    /// Where payers come from: `1` the web, `2` an app.
    #[serde(default = "the_web")]
    pub environment: String,
    /// What turns a procedure code into the code of its online form (`MaDVC`).
    #[serde(default = "first_form")]
    pub service_suffix: String,
    /// How phí and lệ phí are told apart in `bill_info`.
    #[serde(default)]
    pub fee_kinds: FeeKinds,
    /// The `command` of a question; no public document names it.
    pub query_command: String,
    /// The `command` of a refund; without it refunds are made by hand.
    #[serde(default)]
    pub refund_command: Option<String>,
    /// The `command` of a question about a refund.
    #[serde(default)]
    pub refund_detail_command: Option<String>,
    /// Names of members of answers that no public document gives.
    #[serde(default)]
    pub answer_names: AnswerNames,
    /// Values of `status` that end a payment without money; any other than 0 is one not ended yet.
    #[serde(default)]
    pub failed_statuses: Vec<String>,
    /// Values of `error` that say that the platform does not know the payment asked about; no public document gives them.
    #[serde(default)]
    pub unknown_errors: Vec<String>,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// Paths of the four requests.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paths {
    /// Of opening a payment.
    pub create: String,
    /// Of asking how one stands.
    pub query: String,
    /// Of a refund.
    pub refund: String,
    /// Of asking how a refund stands.
    pub refund_detail: String,
}

impl Default for Paths {
    fn default() -> Self {
        let below = |name: &str| format!("/{name}");
        Self {
            create: below("create"),
            query: below("query"),
            refund: below("refund"),
            refund_detail: below("refund-detail"),
        }
    }
}

/// Members of the answer to a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerNames {
    /// How the payment stands.
    pub status: String,
    /// The sum.
    pub amount: String,
    /// The number of the transaction; ours where the platform has none of its own.
    pub number: String,
}

impl Default for AnswerNames {
    fn default() -> Self {
        Self {
            status: "status".to_owned(),
            amount: "trans_amount".to_owned(),
            number: "transaction_id".to_owned(),
        }
    }
}

/// One of the two keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// `first_key`.
    First,
    /// `second_key`.
    #[default]
    Second,
}

fn the_web() -> String {
    "1".to_owned()
}

fn first_form() -> String {
    ".01".to_owned()
}

/// The adapter.
#[derive(Debug)]
pub struct KeypayV3 {
    settings: Settings,
    out: Outgoing,
}

impl KeypayV3 {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let out = Outgoing::new("KeyPay", &settings.limits, wire)?;
        Ok(Self { settings, out })
    }

    async fn ask(&self, trip: &Trip, what: &str, path: &str, body: &Value) -> Result<Answer, Failure> {
        self.call(trip, what, path, body).await?.taken()
    }

    async fn call(&self, trip: &Trip, what: &str, path: &str, body: &Value) -> Result<Answer, Failure> {
        let url = format!("{}{path}", self.settings.url);
        self.out.send(trip, Ask { url: &url, what, headers: Vec::new(), body: Body::Json(body) }).await
    }
}

#[async_trait]
impl PaymentPlatform for KeypayV3 {
    async fn open(&self, trip: &Trip, order: &Order) -> Result<Opened, Failure> {
        let body = requests::create(&self.settings, order)?;
        answers::read_opened(&self.ask(trip, "create", &self.settings.paths.create, &body).await?)
    }

    fn verify(&self, body: &[u8]) -> Result<Heard, Rejected> {
        callback::heard(&self.settings, body).map(Heard::Hint)
    }

    fn acknowledge(&self, _: DateTime<Utc>, _: &[u8], ok: bool, words: &str) -> Value {
        callback::acknowledgement(ok, words)
    }

    fn offers(&self) -> Offers {
        let refund = self.settings.refund_command.is_some();
        Offers { page: true, query: true, refund, ..Offers::default() }
    }

    async fn query(&self, trip: &Trip, reference: &str) -> Result<Standing, Failure> {
        let body = requests::question(&self.settings, reference);
        let answer = self.ask(trip, "query", &self.settings.paths.query, &body).await?;
        answers::read_standing(&self.settings, reference, &answer)
    }

    async fn receipt(&self, _: &Trip, _: &str) -> Result<Vec<u8>, Failure> {
        Err(not_offered("receipt"))
    }

    async fn refund(&self, trip: &Trip, order: &RefundOrder) -> Result<RefundTaken, Failure> {
        let Some(command) = &self.settings.refund_command else {
            return Err(not_offered("refund"));
        };
        let body = requests::refund(&self.settings, command, order);
        let answer = self.call(trip, "refund", &self.settings.paths.refund, &body).await;
        let answer =
            answer.map_err(|failure| if failure.left_undone() { failure } else { look_first(&failure) })?;
        let taken = answer.taken().map_err(unsure)?;
        answers::read_refund(&self.settings, &body, &taken).map_err(unsure)
    }

    async fn refund_standing(&self, trip: &Trip, refund_id: &str) -> Result<RefundStanding, Failure> {
        let Some(command) = &self.settings.refund_detail_command else {
            return Err(not_offered("question about a refund"));
        };
        let body = requests::refund_detail(&self.settings, command, refund_id);
        let answer = self.ask(trip, "refund_detail", &self.settings.paths.refund_detail, &body).await?;
        answers::read_refund_standing(&self.settings, &body, &answer)
    }

    async fn statement(&self, _: &Trip, _: NaiveDate) -> Result<Vec<StatementLine>, Failure> {
        Err(not_offered("list of a day"))
    }
}

/// Whatever may have been done is not asked for again, even where the platform itself names a time to come back.
fn unsure(failure: Failure) -> Failure {
    match failure {
        Failure::Retry { .. } => look_first(&failure),
        other => other,
    }
}

/// This wire has no key of ours that would make a second refund the same one: a person looks first whether money went.
fn look_first(failure: &Failure) -> Failure {
    let reason = failure.reason();
    Failure::fail(format!("{reason}; look at KeyPay whether the refund was made before trying again"))
}

#[cfg(test)]
mod tests;

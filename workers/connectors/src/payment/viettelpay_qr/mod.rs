//! ViettelPay by a code to be scanned (wire.md §2.5).

mod callback;
mod code;
mod enquiry;
mod question;
pub mod sandbox;

use super::{
    Heard, Offers, Opened, Order, PaymentPlatform, RefundOrder, RefundTaken, Rejected, Standing,
    StatementLine, flat::Flat, not_offered,
};
use crate::{
    failure::Failure,
    outgoing::{Ask, Body, Limits, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

/// Settings of the wallet. Example:
/// `{"url": "https://viettelpay.example/search", "merchant_code": "H99", "access_code": "…", "hash_key": "…",
/// "qr": {"priority": "VTT", "version": "1.0", "kind": "001"}, "query_command": "TRANS_INQUIRY", "query_version": "2.0"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whole address of the question how a payment stands.
    pub url: String,
    /// Code the wallet gave to the province.
    pub merchant_code: String,
    /// Secret that begins every signed text.
    pub access_code: SecretString,
    /// Key of the signatures.
    pub hash_key: SecretString,
    /// Members of the code that come from the contract with the wallet.
    pub qr: Qr,
    /// Letters before the sum in `billcode`; the enquiry signs the sum without naming it, so that the bill names it.
    #[serde(default = "fee")]
    pub bill_prefix: String,
    /// The `cmd` of a question.
    pub query_command: String,
    /// The `version` of a question.
    pub query_version: String,
    /// What the answer to a question signs after `access_code`, in its order; no public document gives it.
    #[serde(default = "as_the_result")]
    pub answer_signs: Vec<String>,
    /// Values of `payment_status` that end a payment without money; any other than 1 is one not ended yet.
    #[serde(default)]
    pub failed_statuses: Vec<String>,
    /// Values of `error_code` that say that the wallet does not know the order: a code that nobody has scanned.
    #[serde(default = "bad_data")]
    pub unknown_errors: Vec<String>,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// Constants of the code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Qr {
    /// `priority`.
    pub priority: String,
    /// `version`.
    pub version: String,
    /// `type`.
    pub kind: String,
}

fn fee() -> String {
    "HP".to_owned()
}

fn as_the_result() -> Vec<String> {
    ["error_code", "merchant_code", "order_id"].map(str::to_owned).to_vec()
}

fn bad_data() -> Vec<String> {
    vec!["01".to_owned()]
}

/// The adapter.
#[derive(Debug)]
pub struct ViettelpayQr {
    settings: Settings,
    out: Outgoing,
}

impl ViettelpayQr {
    /// An adapter with these settings. Fails when the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let plain = settings.bill_prefix.bytes().all(|b| b.is_ascii_alphabetic());
        if !plain || settings.bill_prefix.len() > 8 {
            return Err(Failure::fail("bill_prefix must be at most 8 letters without accents"));
        }
        let out = Outgoing::new("ViettelPay", &settings.limits, wire)?;
        Ok(Self { settings, out })
    }
}

impl Settings {
    /// A signature over values after the access code, with nothing between them.
    fn sign(&self, values: &[&str]) -> String {
        let text = format!("{}{}", self.access_code.expose_secret(), values.concat());
        super::signing::hmac_sha1_base64(&text, &self.hash_key)
    }
}

#[async_trait]
impl PaymentPlatform for ViettelpayQr {
    async fn open(&self, _: &Trip, order: &Order) -> Result<Opened, Failure> {
        let content = code::content(&self.settings, order)?;
        Ok(Opened { pay_url: None, qr_content: Some(content) })
    }

    fn verify(&self, body: &[u8]) -> Result<Heard, Rejected> {
        let said = Flat::form(body)?;
        if callback::is_result(&said) {
            return callback::heard(&self.settings, &said).map(Heard::Hint);
        }
        enquiry::heard(&self.settings, &said).map(Heard::Enquiry)
    }

    fn acknowledge(&self, _: DateTime<Utc>, body: &[u8], ok: bool, words: &str) -> Value {
        callback::acknowledgement(body, ok, words)
    }

    fn offers(&self) -> Offers {
        Offers { query: true, ..Offers::default() }
    }

    async fn query(&self, trip: &Trip, reference: &str) -> Result<Standing, Failure> {
        let form = question::form(&self.settings, reference);
        let ask =
            Ask { url: &self.settings.url, what: "search", headers: Vec::new(), body: Body::Form(&form) };
        question::read(&self.settings, reference, &self.out.send(trip, ask).await?.taken()?)
    }

    async fn receipt(&self, _: &Trip, _: &str) -> Result<Vec<u8>, Failure> {
        Err(not_offered("receipt"))
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

//! PayGov, the payment gateway reached through a province's integration axis (wire.md §2.4).

mod callback;
mod requests;
pub mod sandbox;

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

/// Settings of the gateway. Example:
/// `{"url": "https://lgsp.example/paygov", "partner_code": "PAYGOV-H99", "access_key": "…", "secret": "…",
/// "service_code": "DVC", "return_url": "https://motcua.tinh.example"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whole address of the one call.
    pub url: String,
    /// Code the gateway gave to the province.
    pub partner_code: String,
    /// Key that names our access; it is sent and signed.
    pub access_key: SecretString,
    /// Secret that begins every signed text.
    pub secret: SecretString,
    /// Code of the service at the gateway.
    pub service_code: String,
    /// Where the payer's browser comes back to; nothing is believed of what it brings.
    pub return_url: String,
    /// Token of the integration axis.
    #[serde(default)]
    pub bearer: Option<SecretString>,
    /// The axis' second token, the text of the header `lgspaccesstoken`.
    #[serde(default)]
    pub lgsp_access_token: Option<SecretString>,
    /// `beneficiaryCode`, where the province's axis asks for it.
    #[serde(default)]
    pub beneficiary_code: Option<String>,
    /// Whether the account goes along as `accountPay`.
    #[serde(default)]
    pub send_account: bool,
    /// What a callback signs, in its order; no public document gives it, the default is that of the request. Only when it
    /// holds amount, errorCode, requestCode and transactionNo does a callback prove that money came.
    #[serde(default = "as_the_request")]
    pub callback_signs: Vec<String>,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// What the request signs, in its order.
const REQUEST_SIGNS: [&str; 6] =
    ["secretKey", "accessKey", "partnerCode", "orderId", "requestCode", "amount"];
/// What must be signed before a callback proves anything.
const PROOF: [&str; 4] = ["amount", "errorCode", "requestCode", "transactionNo"];
/// What has one length or is compared with our own, so that nothing can be moved over its edges.
const FIRM: [&str; 6] = ["secretKey", "accessKey", "partnerCode", "requestCode", "amount", "errorCode"];

fn as_the_request() -> Vec<String> {
    REQUEST_SIGNS.map(str::to_owned).to_vec()
}

/// The adapter.
#[derive(Debug)]
pub struct Paygov {
    settings: Settings,
    out: Outgoing,
}

impl Paygov {
    /// An adapter with these settings. Fails when callbacks would be signed without a secret or the limits cannot be met.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        if !settings.callback_signs.iter().any(|name| name == "secretKey") {
            return Err(Failure::fail("callback_signs must hold secretKey: without it anybody could sign"));
        }
        let out = Outgoing::new("PayGov", &settings.limits, wire)?;
        Ok(Self { settings, out })
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let bearer =
            self.settings.bearer.iter().map(|t| ("authorization", format!("Bearer {}", t.expose_secret())));
        let second = self.settings.lgsp_access_token.iter();
        bearer.chain(second.map(|t| ("lgspaccesstoken", t.expose_secret().to_owned()))).collect()
    }

    /// Everything that counts is signed, and no two values of unknown length stand side by side: there is nothing between
    /// them, and a digit of the one could be read as one of the other.
    fn proves(&self) -> bool {
        let signed = &self.settings.callback_signs;
        let loose = |name: &String| !FIRM.contains(&name.as_str());
        let apart = signed.iter().zip(signed.iter().skip(1)).all(|(one, next)| !(loose(one) && loose(next)));
        apart && PROOF.iter().all(|name| signed.iter().any(|other| other == name))
    }
}

#[async_trait]
impl PaymentPlatform for Paygov {
    async fn open(&self, trip: &Trip, order: &Order) -> Result<Opened, Failure> {
        let body = requests::order(&self.settings, order)?;
        let ask =
            Ask { url: &self.settings.url, what: "order", headers: self.headers(), body: Body::Json(&body) };
        read_opened(&self.out.send(trip, ask).await?.taken()?)
    }

    fn verify(&self, body: &[u8]) -> Result<Heard, Rejected> {
        let notice = callback::heard(&self.settings, body)?;
        Ok(if self.proves() { Heard::Notice(notice) } else { Heard::Hint(notice) })
    }

    fn acknowledge(&self, _: DateTime<Utc>, _: &[u8], ok: bool, words: &str) -> Value {
        callback::acknowledgement(ok, words)
    }

    fn offers(&self) -> Offers {
        Offers { page: true, ..Offers::default() }
    }

    async fn query(&self, _: &Trip, _: &str) -> Result<Standing, Failure> {
        Err(not_offered("answer to how a payment stands; its own list has to be looked at"))
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

fn read_opened(answer: &Answer) -> Result<Opened, Failure> {
    let said: Value = answer.json()?;
    let url = said.pointer("/data/url").and_then(Value::as_str).unwrap_or_default();
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(Opened { pay_url: Some(url.to_owned()), qr_content: None });
    }
    // The gateway names its refusals in words of its own; without any the answer is none.
    let words = ["error_message", "message"].map(|name| crate::loose_json::text(&said, name));
    match words.iter().find(|words| !words.is_empty()) {
        Some(words) => {
            let words: String = words.chars().take(200).collect();
            Err(Failure::fail(format!("PayGov refused the order: {words}")))
        }
        None => Err(answer.unreadable()),
    }
}

#[cfg(test)]
mod tests;

//! How one operator's gateway wants to be spoken to.

use crate::outgoing::Limits;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Settings of the gateway. Example: `{"url": "https://sms.example/send", "headers": {"authorization": "Bearer …"},
/// "body": {"to": "{phone}", "content": "{text}", "requestId": "{key}"}, "code_at": "/code", "taken": ["0"]}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address that takes messages.
    pub url: String,
    /// How it takes them.
    #[serde(default)]
    pub method: Method,
    /// Headers of every call, such as the operator's key.
    #[serde(default)]
    pub headers: BTreeMap<String, SecretString>,
    /// What is sent, with `{phone}`, `{text}` and `{key}` where they belong; members of a form for the other methods.
    pub body: Value,
    /// How telephone numbers are written.
    #[serde(default)]
    pub phone: PhoneForm,
    /// JSON pointer to the answer's code.
    pub code_at: String,
    /// Codes that mean that the message was taken, also when it was known already.
    pub taken: Vec<String>,
    /// Codes that mean that it may go better later; every other code is a refusal.
    #[serde(default)]
    pub busy: Vec<String>,
    /// Seconds to wait after such a code.
    #[serde(default = "a_minute")]
    pub busy_seconds: u64,
    /// JSON pointer to the operator's number of the message, where it gives one.
    #[serde(default)]
    pub id_at: Option<String>,
    /// Header in which the operator proves itself when it calls us with a receipt.
    #[serde(default = "receipt_header")]
    pub receipt_header: String,
    /// What that header holds; without it no receipt is believed.
    #[serde(default)]
    pub receipt_secret: SecretString,
    /// JSON pointer to the operator's number in a receipt.
    #[serde(default)]
    pub receipt_id_at: Option<String>,
    /// JSON pointer to our number in a receipt.
    #[serde(default)]
    pub receipt_key_at: Option<String>,
    /// JSON pointer to the code of a receipt.
    #[serde(default = "receipt_code_at")]
    pub receipt_code_at: String,
    /// Codes of a message that arrived.
    #[serde(default)]
    pub delivered: Vec<String>,
    /// Codes of a message that will not arrive; other codes say nothing yet.
    #[serde(default)]
    pub undelivered: Vec<String>,
    /// Limits of the wire.
    #[serde(default)]
    pub limits: Limits,
}

/// How a gateway takes messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// POST of JSON.
    #[default]
    PostJson,
    /// POST of a form.
    PostForm,
    /// GET with the members in the query.
    Get,
}

/// How a gateway writes telephone numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneForm {
    /// `84900000001`.
    #[default]
    International,
    /// `0900000001`.
    National,
}

fn a_minute() -> u64 {
    60
}

fn receipt_header() -> String {
    "x-receipt-key".to_owned()
}

fn receipt_code_at() -> String {
    "/status".to_owned()
}

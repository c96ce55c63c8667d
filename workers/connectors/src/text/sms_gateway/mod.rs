//! A gateway for short messages over HTTP, in the form that its settings describe: every operator has one of its own.

mod receipts;
mod settings;

use super::{Content, Heard, Receipt, Rejected, Taken, Text, TextCarrier};
use crate::{
    failure::Failure,
    outgoing::{Answer, Ask, Body, Outgoing},
    trip::Trip,
    wire::Wire,
};
use async_trait::async_trait;
use rules::notices::NoticeChannel;
use secrecy::ExposeSecret;
use serde_json::Value;
pub use settings::{Method, PhoneForm, Settings};
use std::{fmt, time::Duration};
use url::form_urlencoded::Serializer;

/// The adapter.
pub struct SmsGateway {
    settings: Settings,
    out: Outgoing,
}

impl fmt::Debug for SmsGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmsGateway").finish_non_exhaustive()
    }
}

const PARTY: &str = "the text message gateway";

impl SmsGateway {
    /// An adapter with these settings. Fails when a setting cannot be used.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let text = settings.body.to_string();
        if !text.contains("{phone}") || !text.contains("{text}") {
            return Err(Failure::fail(format!("{PARTY} has no {{phone}} or {{text}} in its body")));
        }
        let out = Outgoing::new(PARTY, &settings.limits, wire)?;
        Ok(Self { settings, out })
    }

    async fn call(&self, trip: &Trip, body: &Value) -> Result<Answer, Failure> {
        let headers = self.settings.headers.iter();
        let headers =
            headers.map(|(name, value)| (name.as_str(), value.expose_secret().to_owned())).collect();
        let form = encoded(body);
        let address = format!("{}?{form}", self.settings.url);
        let (url, body) = match self.settings.method {
            Method::PostJson => (self.settings.url.as_str(), Body::Json(body)),
            Method::PostForm => (self.settings.url.as_str(), Body::Form(&form)),
            Method::Get => (address.as_str(), Body::Nothing),
        };
        let ask = Ask { url, what: "send", headers, body };
        let keeps_us_out = |answer: &Answer| matches!(answer.status, 401 | 403);
        self.out.send_unless(trip, ask, keeps_us_out).await?.taken()
    }

    fn judged(&self, answer: &Answer) -> Result<Taken, Failure> {
        let said: Value = answer.json()?;
        let Some(code) = told(&said, &self.settings.code_at) else {
            return Err(answer.unreadable());
        };
        if self.settings.taken.contains(&code) {
            return Ok(Taken { party_ref: self.settings.id_at.as_deref().and_then(|at| told(&said, at)) });
        }
        if self.settings.busy.contains(&code) {
            let after = Some(Duration::from_secs(self.settings.busy_seconds));
            return Err(Failure::undone(after, format!("{PARTY} asks to try later (code {})", plain(&code))));
        }
        Err(Failure::fail(format!("{PARTY} refuses this message (code {})", plain(&code))))
    }
}

#[async_trait]
impl TextCarrier for SmsGateway {
    fn channel(&self) -> NoticeChannel {
        NoticeChannel::Sms
    }

    async fn send(&self, trip: &Trip, text: &Text) -> Result<Taken, Failure> {
        let Content::Words(words) = &text.content else {
            return Err(Failure::fail(format!("{PARTY} carries no templates of others")));
        };
        let phone = match self.settings.phone {
            PhoneForm::International => text.phone.international(),
            PhoneForm::National => text.phone.national(),
        };
        let body = filled(
            &self.settings.body,
            &[("{phone}", &phone), ("{text}", words), ("{key}", &text.key.to_string())],
        );
        self.judged(&self.call(trip, &body).await?)
    }

    fn receipts(&self, heard: &Heard<'_>) -> Result<Vec<Receipt>, Rejected> {
        receipts::read(&self.settings, heard)
    }
}

/// The same JSON with the names in its texts replaced; a text is looked at once, so that words cannot name anything.
fn filled(template: &Value, facts: &[(&str, &str)]) -> Value {
    match template {
        Value::Object(members) => {
            members.iter().map(|(name, inner)| (name.clone(), filled(inner, facts))).collect()
        }
        Value::Array(items) => items.iter().map(|inner| filled(inner, facts)).collect(),
        Value::String(text) => Value::from(replaced(text, facts)),
        other => other.clone(),
    }
}

fn replaced(text: &str, facts: &[(&str, &str)]) -> String {
    let first = facts.iter().filter_map(|(name, value)| Some((text.find(name)?, name, value))).min();
    let Some((_, name, value)) = first else {
        return text.to_owned();
    };
    match text.split_once(name) {
        Some((before, after)) => format!("{before}{value}{}", replaced(after, facts)),
        None => text.to_owned(),
    }
}

fn encoded(body: &Value) -> String {
    let mut form = Serializer::new(String::new());
    for (name, value) in body.as_object().into_iter().flatten() {
        form.append_pair(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned).as_str());
    }
    form.finish()
}

/// What stands at a JSON pointer, as text.
fn told(said: &Value, pointer: &str) -> Option<String> {
    match said.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

/// A party's code, fit for a sentence that administrators read.
fn plain(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).take(20).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_cannot_name_what_stands_elsewhere() {
        let body = json!({"to": "{phone}", "msg": "[{key}] {text}", "n": 1, "list": ["{text}"]});

        let sent =
            filled(&body, &[("{phone}", "84900000001"), ("{text}", "Gửi {key} & {phone}"), ("{key}", "k1")]);

        assert_eq!(sent["msg"], "[k1] Gửi {key} & {phone}");
        assert_eq!(sent["list"][0], "Gửi {key} & {phone}");
        assert_eq!(encoded(&json!({"a": "x&y=z", "b": 2})), "a=x%26y%3Dz&b=2");
    }
}

//! The one way out by HTTP: explicit time limits, no redirects, a cap on answers, failures sorted and said in words.

use crate::{
    failure::Failure,
    journal::Said,
    line::{Call, Ended},
    recording::{masked, masked_text},
    trip::Trip,
    way_out::{self, Barred, Way, WayOut},
    wire::Wire,
};
use chrono::DateTime;
use reqwest::{Method, RequestBuilder, Response, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::time::Duration;

/// Limits of one party's wire. Example: `{"connect_ms": 3000, "answer_ms": 15000, "answer_bytes": 4194304}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Longest wait for a connection, in milliseconds.
    pub connect_ms: u64,
    /// Longest wait for the whole answer, in milliseconds.
    pub answer_ms: u64,
    /// Largest answer that is read, in bytes.
    pub answer_bytes: usize,
    /// Whether the party may lie in a private network, or on this machine; then plain HTTP is taken too.
    pub allow_private: bool,
    /// Address of a forward proxy; the environment's own proxy settings are not looked at.
    pub proxy: Option<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_ms: 3_000,
            answer_ms: 15_000,
            answer_bytes: 4 << 20,
            allow_private: false,
            proxy: None,
        }
    }
}

/// Limits of answers that carry a file, beside those of [`Limits`]. Example: `{"answer_ms": 45000, "answer_bytes": 73400320}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileLimits {
    /// Longest wait for the whole answer, in milliseconds.
    pub answer_ms: u64,
    /// Largest answer that is read, in bytes; base64 makes a file larger by a third.
    pub answer_bytes: usize,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self { answer_ms: 45_000, answer_bytes: 70 << 20 }
    }
}

/// A client for one party.
#[derive(Debug, Clone)]
pub struct Outgoing {
    way: WayOut,
    party: &'static str,
    answer_bytes: usize,
    patience: Option<Duration>,
    wire: Wire,
}

/// One request.
#[derive(Debug)]
pub struct Ask<'a> {
    /// Where to.
    pub url: &'a str,
    /// What the recording calls it.
    pub what: &'a str,
    /// Headers beside the usual ones.
    pub headers: Vec<(&'a str, String)>,
    /// What is sent.
    pub body: Body<'a>,
}

/// What a request carries; the method follows from it.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// GET with nothing.
    Nothing,
    /// POST of JSON.
    Json(&'a Value),
    /// POST of a form, already encoded.
    Form(&'a str),
}

impl<'a> Body<'a> {
    fn json(self) -> Option<&'a Value> {
        match self {
            Self::Json(value) => Some(value),
            Self::Nothing | Self::Form(_) => None,
        }
    }
}

/// What came back, of any status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, never larger than the cap.
    pub bytes: Vec<u8>,
    party: &'static str,
    after: Option<Duration>,
}

impl Outgoing {
    /// A client for a party named in words, such as `the payment platform`. Fails when the limits cannot be met.
    pub fn new(party: &'static str, limits: &Limits, wire: Wire) -> Result<Self, Failure> {
        let (connect, answer) =
            (Duration::from_millis(limits.connect_ms), Duration::from_millis(limits.answer_ms));
        let way =
            Way { private: limits.allow_private, proxy: limits.proxy.clone(), ..Way::new(connect, answer) };
        let way =
            way.open().map_err(|_| unusable(party, "its proxy or TLS cannot be used on this machine"))?;
        Ok(Self { way, party, answer_bytes: limits.answer_bytes, patience: None, wire })
    }

    /// The same client for answers that carry a file.
    #[must_use]
    pub fn for_files(&self, limits: &FileLimits) -> Self {
        let patience = Some(Duration::from_millis(limits.answer_ms));
        Self { answer_bytes: limits.answer_bytes, patience, ..self.clone() }
    }

    /// Sends one request and reads the answer up to the cap. Any status is an answer; see [`Answer::taken`].
    ///
    /// The line is asked first and told afterwards: an answer of 5xx or none counts as a failed call.
    pub async fn send(&self, trip: &Trip, ask: Ask<'_>) -> Result<Answer, Failure> {
        self.send_unless(trip, ask, |_| false).await
    }

    /// The same, where some answers say that the party does not let us in: the call has failed, and the work waits for
    /// an administrator instead of dying of a password.
    pub async fn send_unless(
        &self,
        trip: &Trip,
        ask: Ask<'_>,
        keeps_us_out: impl Fn(&Answer) -> bool + Send,
    ) -> Result<Answer, Failure> {
        let call = self.wire.line.admit(trip, ask.what)?;
        if let Some(recording) = &self.wire.recording {
            recording.note(self.party, ask.what, ask.body.json());
        }
        let answered = self.exchange(trip, &ask).await;
        if let Some(journal) = &trip.journal {
            journal.note(said(&ask, answered.as_ref().ok()));
        }
        match answered {
            Ok(answer) if keeps_us_out(&answer) => {
                let words = format!("{} refuses our login (status {})", self.party, answer.status);
                Err(call.kept_out(trip, words))
            }
            Ok(answer) => {
                answer.end(call);
                Ok(answer)
            }
            Err(failure) => {
                call.ended(Ended::Failed(failure.reason()));
                Err(failure)
            }
        }
    }

    async fn exchange(&self, trip: &Trip, ask: &Ask<'_>) -> Result<Answer, Failure> {
        let response = self.request(trip, ask)?.send().await.map_err(|e| self.unreached(&e))?;
        let status = response.status().as_u16();
        let after = asked_wait(trip, &response);
        let bytes = self.read(response).await?;
        Ok(Answer { status, bytes, party: self.party, after })
    }

    fn request(&self, trip: &Trip, ask: &Ask<'_>) -> Result<RequestBuilder, Failure> {
        let method = if matches!(ask.body, Body::Nothing) { Method::GET } else { Method::POST };
        let request = self.way.request(method, ask.url);
        let mut request = request.map_err(|barred| self.kept_in(barred))?;
        request = match ask.body {
            Body::Nothing => request,
            Body::Json(value) => request.json(value),
            Body::Form(text) => {
                let typed = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                typed.body(text.to_owned())
            }
        };
        if let Some(patience) = self.patience {
            request = request.timeout(patience);
        }
        if let Some(trace) = &trip.traceparent {
            request = request.header("traceparent", trace);
        }
        let headers = ask.headers.iter();
        Ok(headers.fold(request.header(header::ACCEPT, "application/json"), |r, (name, value)| {
            r.header(*name, value)
        }))
    }

    async fn read(&self, mut response: Response) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| self.unreached(&e))? {
            if bytes.len().saturating_add(chunk.len()) > self.answer_bytes {
                return Err(self.too_much());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// A file that is too large stays so; an answer in words that does not end is nonsense, and may be well said next time.
    fn too_much(&self) -> Failure {
        let words = format!("{} answered more than {} bytes", self.party, self.answer_bytes);
        if self.patience.is_some() { Failure::fail(words) } else { Failure::retry(words) }
    }

    // The error's own text is left out: it holds the address, which may hold a key.
    fn unreached(&self, error: &reqwest::Error) -> Failure {
        let party = self.party;
        if error.is_builder() {
            return unusable(party, "its address or a header cannot be used");
        }
        if let Some(barred) = way_out::barred(error) {
            return self.kept_in(barred);
        }
        match (error.is_connect(), error.is_timeout()) {
            (true, false) => Failure::undone(None, format!("{party} cannot be reached")),
            (true, true) => Failure::undone(None, format!("{party} did not answer in time")),
            (false, true) => Failure::retry(format!("{party} did not answer in time")),
            (false, false) => Failure::retry(format!("the connection to {party} broke off")),
        }
    }
}

impl Outgoing {
    // What a name says, and what the settings allow, may be put right: the work is tried again.
    fn kept_in(&self, barred: Barred) -> Failure {
        Failure::undone(None, format!("{} was not called: {barred}", self.party))
    }
}

impl Answer {
    /// The answer itself when its status is 2xx, otherwise the failure it means.
    pub fn taken(self) -> Result<Self, Failure> {
        let status = StatusCode::from_u16(self.status).unwrap_or_default();
        if status.is_success() {
            return Ok(self);
        }
        let reason = format!("{} answered with status {}", self.party, self.status);
        if status.is_server_error() || matches!(self.status, 408 | 425 | 429) {
            let undone = matches!(self.status, 429 | 503);
            return Err(Failure::Retry { after: self.after, undone, reason });
        }
        Err(Failure::fail(reason))
    }

    /// A party that answers did its part, whatever it thinks of the request; 5xx is a failure of its own.
    fn end(&self, call: Call) {
        let words = || format!("{} answered with status {}", self.party, self.status);
        match self.status {
            500.. => call.ended(Ended::Failed(&words())),
            400.. => call.ended(Ended::Refused),
            _ => call.ended(Ended::Answered),
        }
    }

    /// The body as JSON of a known shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.bytes).map_err(|_| self.unreadable())
    }

    /// The failure of an answer that says nothing we understand.
    pub fn unreadable(&self) -> Failure {
        Failure::retry(format!("{} answered something that cannot be read", self.party))
    }
}

fn said(ask: &Ask<'_>, answer: Option<&Answer>) -> Said {
    Said {
        what: ask.what.to_owned(),
        request: ask.body.json().map(|body| masked(body).to_string()).unwrap_or_default(),
        answer: answer.map(|answer| masked_text(&answer.bytes)),
    }
}

// Retry-After holds seconds or a date (RFC 9110 §10.2.3).
fn asked_wait(trip: &Trip, response: &Response) -> Option<Duration> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    until.to_utc().signed_duration_since(trip.at).to_std().ok()
}

fn unusable(party: &str, why: &str) -> Failure {
    Failure::fail(format!("{party} cannot be called: {why}"))
}

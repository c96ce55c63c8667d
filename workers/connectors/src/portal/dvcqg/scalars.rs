//! The portal's scalars: all of them text, absent ones empty, lengths and dates kept by types (wire.md §1.6).

use crate::{failure::Failure, trip::stamp};
use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

/// Characters of the widest field that is known of this wire; what must arrive whole and is longer cannot arrive.
const WIDEST: usize = 4000;

/// Words that may be cut: at most `MOST` characters, the last one "…" when something was left out.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Cut<const MOST: usize>(String);

impl<const MOST: usize> Cut<MOST> {
    pub(super) fn of(text: &str) -> Self {
        if text.chars().count() <= MOST {
            return Self(text.to_owned());
        }
        Self(text.chars().take(MOST.saturating_sub(1)).chain(['…']).collect())
    }
}

/// A name, code or link that must not be cut.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Whole(String);

impl Whole {
    /// The text as it is; refused under `what` when it is too long for the wire.
    pub(super) fn of(what: &str, text: &str) -> Result<Self, Failure> {
        if text.chars().count() > WIDEST {
            return Err(Failure::fail(format!(
                "{what} is too long for the national portal, and it must not be cut"
            )));
        }
        Ok(Self(text.to_owned()))
    }

    /// The same of something that may be absent.
    pub(super) fn or_empty(what: &str, text: Option<&String>) -> Result<Self, Failure> {
        Self::of(what, text.map_or("", String::as_str))
    }
}

/// An instant as `yyyyMMddHHmmss`, 24 hours, local time (law.md §10 X-10); absent is empty.
#[derive(Debug)]
pub(super) struct Moment(pub(super) Option<DateTime<Utc>>);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.map(stamp).unwrap_or_default())
    }
}

/// "1" or "0"; absent is empty.
#[derive(Debug)]
pub(super) struct Flag(pub(super) Option<bool>);

impl From<bool> for Flag {
    fn from(yes: bool) -> Self {
        Self(Some(yes))
    }
}

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.map_or("", |yes| if yes { "1" } else { "0" }))
    }
}

/// "True" or "False", as this wire writes them.
#[derive(Debug)]
pub(super) struct Spoken(pub(super) bool);

impl Spoken {
    pub(super) fn words(&self) -> &'static str {
        if self.0 { "True" } else { "False" }
    }
}

impl Serialize for Spoken {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.words())
    }
}

/// A message as JSON.
pub(super) fn written<T: Serialize>(message: &T) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(message)
        .map_err(|_| Failure::fail("a message to the national portal cannot be written"))
}

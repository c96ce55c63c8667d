//! News as a twin tells it, before it is put into the words of a wire.

use super::{PARTNER, SECRET};
use crate::payment::flat::encoded;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// News of a payment. Tests bend it to see what is believed.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Reference of the payment.
    pub reference: &'a str,
    /// The sum in đồng.
    pub amount: i64,
    /// The platform's own number.
    pub transaction_id: &'a str,
    /// Paid or not.
    pub paid: bool,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// What the payer read.
    pub description: &'a str,
    /// For whom it is meant.
    pub partner: &'a str,
    /// In which money, where the wire says so.
    pub currency: &'a str,
    /// What it is signed with.
    pub secret: &'a str,
}

impl<'a> Told<'a> {
    /// Genuine news of a paid payment.
    pub fn of(reference: &'a str, amount: i64, transaction_id: &'a str, at: DateTime<Utc>) -> Self {
        Self {
            reference,
            amount,
            transaction_id,
            paid: true,
            at,
            description: "THANH TOAN HO SO",
            partner: PARTNER,
            currency: "VND",
            secret: SECRET,
        }
    }
}

/// A message in the words of a wire.
#[derive(Debug, Clone, PartialEq)]
pub enum Spoken {
    /// A JSON object.
    Json(Value),
    /// A form.
    Form(Vec<(String, String)>),
}

impl Spoken {
    /// The bytes that travel.
    pub fn body(&self) -> Vec<u8> {
        match self {
            Self::Json(value) => value.to_string().into_bytes(),
            Self::Form(pairs) => {
                let pairs: Vec<_> =
                    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                encoded(&pairs).into_bytes()
            }
        }
    }

    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            Self::Form(_) => "application/x-www-form-urlencoded",
        }
    }

    /// The names of its members.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Json(value) => value.as_object().into_iter().flat_map(|all| all.keys().cloned()).collect(),
            Self::Form(pairs) => pairs.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    /// A member's text; empty when there is none.
    pub fn text(&self, name: &str) -> String {
        match self {
            Self::Json(value) => crate::loose_json::text(value, name),
            Self::Form(pairs) => pairs
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default(),
        }
    }

    /// The same with another text in a member; a number stays one where the text allows.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        match &mut self {
            Self::Json(value) => {
                let was_number = value.get(name).is_some_and(Value::is_number);
                let number = text.parse::<i64>().ok().filter(|n| was_number && n.to_string() == text);
                *value = crate::loose_json::with(
                    value.take(),
                    name,
                    number.map_or_else(|| Value::from(text), Value::from),
                );
            }
            Self::Form(pairs) => {
                for (_, value) in pairs.iter_mut().filter(|(other, _)| other == name) {
                    text.clone_into(value);
                }
            }
        }
        self
    }
}

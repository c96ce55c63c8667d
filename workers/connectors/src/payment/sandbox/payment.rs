//! One payment as the twin of a platform holds it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

/// One payment as the platform holds it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Payment {
    pub(crate) reference: String,
    pub(crate) amount: i64,
    pub(crate) description: String,
    pub(crate) state: State,
    pub(crate) transaction: String,
    pub(crate) ended_at: Option<DateTime<Utc>>,
    pub(crate) refunds: Vec<Value>,
    pub(crate) callbacks: Vec<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Waiting,
    Paid,
    Failed,
}

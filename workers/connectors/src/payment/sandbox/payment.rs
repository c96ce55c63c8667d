//! One payment as the twin of the platform holds it.

use serde::Serialize;
use serde_json::Value;

/// One payment as the platform holds it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Payment {
    pub(super) reference: String,
    pub(super) amount: i64,
    pub(super) description: String,
    pub(super) state: State,
    pub(super) transaction: String,
    pub(super) ended_at: String,
    pub(super) callbacks: Vec<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Waiting,
    Paid,
    Failed,
}

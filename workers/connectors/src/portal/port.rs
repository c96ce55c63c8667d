//! The port of every national portal: put a record before it, tell its progress, ask whether it knows one.

use super::DossierRecord;
use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rules::status::Status;

/// The portal that keeps the whole country's dossiers.
#[async_trait]
pub trait NationalPortal: Send + Sync {
    /// Puts the whole record there: as a new one, or as an update when it is `known` there.
    /// When the portal holds it already, the same record is sent once more as an update.
    async fn push(&self, trip: &Trip, record: &DossierRecord, known: bool) -> Result<Pushed, Failure>;

    /// Tells what was done, oldest first, in batches that keep the order; stops at the first batch not taken.
    async fn progress(&self, trip: &Trip, lines: &[ProgressLine]) -> Result<Vec<Exchange>, Interrupted>;

    /// Whether the portal holds a dossier of this code.
    async fn look_up(&self, trip: &Trip, code: &str) -> Result<bool, Failure>;
}

/// A record the portal has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// What went over the wire at last and what came back.
    pub exchange: Exchange,
    /// The portal held it already although we thought it new.
    pub was_known: bool,
}

/// One request and its answer as they were, secrets masked, for the ledger of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The request, JSON.
    pub raw_request: String,
    /// The answer.
    pub raw_answer: String,
}

/// One thing that was done to a dossier (wire.md §1.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressLine {
    /// National dossier code.
    pub code: String,
    /// Name of the officer.
    pub officer: String,
    /// Title of the officer.
    pub title: Option<String>,
    /// When it was done.
    pub done_at: DateTime<Utc>,
    /// Department of the officer.
    pub department: Option<String>,
    /// What was done.
    pub content: String,
    /// The status it led to; passed on as it is (law.md §10 X-01).
    pub status: Status,
    /// When the step began.
    pub started_at: Option<DateTime<Utc>>,
    /// When the step had to end.
    pub due_at: Option<DateTime<Utc>>,
}

/// Progress that stopped on its way: so many lines were taken, the rest waits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{failure} ({sent} progress lines were taken before)")]
pub struct Interrupted {
    /// How many lines from the beginning the portal has taken.
    pub sent: usize,
    /// Why it stopped.
    pub failure: Failure,
}

impl From<Interrupted> for Failure {
    fn from(stop: Interrupted) -> Self {
        stop.failure
    }
}

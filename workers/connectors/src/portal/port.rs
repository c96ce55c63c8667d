//! The port of every national portal: put a record before it, tell its progress, ask whether it knows one.

use super::{AgencyLine, DossierRecord, FieldLine, PortalInbox, ProcedureLine, PublishedProcedure};
use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rules::status::Status;
use serde::Serialize;

/// Most progress lines of one call, as in the field.
pub const PROGRESS_LINES: usize = 10;

/// The portal that keeps the whole country's dossiers.
#[async_trait]
pub trait NationalPortal: Send + Sync {
    /// Puts the whole record there: as a new one, or as an update when it is `known` there.
    /// When the portal holds it already, the same record is sent once more as an update.
    async fn push(&self, trip: &Trip, record: &DossierRecord, known: bool) -> Result<Pushed, Failure>;

    /// Tells what was done, oldest first, in batches that keep the order; stops at the first batch not taken.
    async fn progress(&self, trip: &Trip, lines: &[ProgressLine]) -> Result<Vec<Exchange>, Interrupted>;

    /// What the portal holds under this code; none when it holds nothing.
    async fn look_up(&self, trip: &Trip, code: &str) -> Result<Option<HeldThere>, Failure>;

    /// Tells where a dossier stands that was handed in at the portal itself (wire.md §1.8).
    async fn tell_status(&self, trip: &Trip, told: &StatusTold) -> Result<Exchange, Failure>;

    /// All published procedures.
    async fn procedures(&self, trip: &Trip) -> Result<Vec<ProcedureLine>, Failure>;

    /// One published procedure; none when the portal does not know it.
    async fn procedure(&self, trip: &Trip, code: &str) -> Result<Option<PublishedProcedure>, Failure>;

    /// All agencies; none where the settings hold no address for the list.
    async fn agencies(&self, trip: &Trip) -> Result<Vec<AgencyLine>, Failure>;

    /// All fields; none where the settings hold no address for the list.
    async fn fields(&self, trip: &Trip) -> Result<Vec<FieldLine>, Failure>;

    /// The technical account of a person or organisation by identity or tax number; none without one.
    async fn account_of(&self, trip: &Trip, number: &str) -> Result<Option<String>, Failure>;

    /// Tells the satisfaction of a month (wire.md §1.10).
    async fn tell_satisfaction(&self, trip: &Trip, figures: &[Satisfaction]) -> Result<Exchange, Failure>;

    /// Questions that citizens asked at the portal (wire.md §1.10).
    async fn questions(&self, trip: &Trip) -> Result<Vec<Question>, Failure>;

    /// Answers such questions.
    async fn answer_questions(&self, trip: &Trip, answers: &[QuestionAnswer]) -> Result<Exchange, Failure>;

    /// Fetches a file that a message of the portal points at, never more than the cap of the wire.
    async fn fetch(&self, trip: &Trip, link: &str) -> Result<Vec<u8>, Failure>;

    /// The other direction.
    fn inbox(&self) -> &dyn PortalInbox;
}

/// What the portal holds about a dossier, as far as it tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HeldThere {
    /// One of the ten statuses; none when the answer names none or another.
    pub status: Option<Status>,
    /// When it was received, where told.
    pub received_at: Option<DateTime<Utc>>,
    /// When it is due, where told.
    pub due_at: Option<DateTime<Utc>>,
}

/// Where a dossier of the portal stands here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusTold {
    /// The portal's key of the dossier.
    pub national_id: String,
    /// Our code.
    pub code: String,
    /// Technical account of the owner, where known.
    pub account: Option<String>,
    /// What was done, in words.
    pub content: String,
    /// When.
    pub done_at: DateTime<Utc>,
    /// The status it led to.
    pub status: Status,
    /// Papers that go with it, such as the result.
    pub papers: Vec<ToldPaper>,
}

/// A paper that goes with a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldPaper {
    /// Our key of the file.
    pub file_id: String,
    /// Its name.
    pub file_name: String,
    /// National code of the component or result, where known.
    pub code: Option<String>,
    /// A signed link.
    pub link: Option<String>,
}

/// How satisfied people were with a procedure in a month: counts, never ready-made percentages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Satisfaction {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// National procedure code.
    pub procedure_code: String,
    /// Name of the procedure.
    pub procedure_name: String,
    /// Organisation code and name of the unit.
    pub unit: (String, String),
    /// Very satisfied.
    pub very_satisfied: u32,
    /// Satisfied.
    pub satisfied: u32,
    /// Not satisfied.
    pub dissatisfied: u32,
    /// Opinions in words, without names.
    pub opinions: Vec<String>,
}

/// A question of a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The portal's key.
    pub id: String,
    /// Code of the field, where named.
    pub field_code: Option<String>,
    /// The question.
    pub content: String,
    /// Organisation code of the unit it is put to.
    pub unit_code: String,
    /// Name of who asked, where told.
    pub asked_by: Option<String>,
    /// How to reach them, where told.
    pub email: Option<String>,
    /// Telephone, where told.
    pub phone: Option<String>,
    /// National procedure code, where named.
    pub procedure_code: Option<String>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionAnswer {
    /// The portal's key of the question.
    pub id: String,
    /// Organisation code of the unit that answers.
    pub unit_code: String,
    /// Who answers.
    pub answered_by: String,
    /// Title of who answers.
    pub title: String,
    /// When.
    pub answered_at: DateTime<Utc>,
    /// The answer.
    pub content: String,
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

//! What the acts of the internal process bring with them: a question, an answer, a report, kept originals.

use chrono::{DateTime, Utc};
use rules::deadlines::TimeLimit;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A question to another unit (L-30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Unit that is asked.
    pub unit: Uuid,
    /// What is asked, in words.
    pub words: String,
    /// Until when it is to be answered.
    pub due: AnswerBy,
    /// Keys of the papers that the unit may read while the question is open.
    pub papers: Vec<Uuid>,
}

/// Until when a question is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerBy {
    /// Within a limit that counts from the question, under the terms of the dossier.
    Within(TimeLimit),
    /// By a moment.
    At(DateTime<Utc>),
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The consultation.
    pub consultation: Uuid,
    /// What is answered, in words.
    pub words: String,
    /// A file with it.
    pub file: Option<Uuid>,
}

/// The report of a check on the spot; all of it must be there (L-32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Where.
    pub place: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who was there.
    pub participants: Vec<Participant>,
    /// What was found, in words.
    pub found: String,
}

/// Somebody who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Name.
    pub name: String,
    /// As what they were there.
    pub role: String,
}

/// Originals that the desk keeps for comparison and gives back with the result (L-46).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Originals {
    /// Codes of their components.
    pub components: Vec<String>,
    /// Taken in.
    pub kept_at: DateTime<Utc>,
    /// Name of who took them in.
    pub kept_by: String,
    /// Given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<DateTime<Utc>>,
    /// Name of who gave them back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned_by: Option<String>,
}

//! Why an act is refused, in words that a clerk could say.

use crate::status::Status;
use serde::Serialize;

/// A refused act: what blocks it, and what may be done instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Key of the act that was asked for.
    pub act: &'static str,
    /// Where the dossier stands; absent when that may not be told.
    pub status: Option<Status>,
    /// Everything that blocks, not only the first.
    pub blocked_by: Vec<Block>,
    /// Keys of the acts this person may do now.
    pub allowed: Vec<&'static str>,
}

/// One reason that blocks an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Stable key, `snake_case`.
    pub code: &'static str,
    /// Sentence in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Article of law, where one says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<&'static str>,
}

/// One violation of a schema or of the component list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// JSON pointer into the request body.
    pub pointer: String,
    /// Stable key, `snake_case`.
    pub code: &'static str,
    /// Sentence in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

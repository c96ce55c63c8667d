//! The JSON form of a problem.

use super::Problem;
use crate::manners::trace::Trace;
use rules::lang::Lang;
use rules::refusal::{Block, Violation};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem document (RFC 9457) with the members this office adds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Address of the description of this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/idempotency_key_missing")]
    pub kind: String,
    /// What happened, in the reader's language.
    #[schema(example = "Thiếu tiêu đề Idempotency-Key.")]
    pub title: &'static str,
    /// HTTP status.
    #[schema(example = 400)]
    pub status: u16,
    /// What is particular to this time, or else what to do.
    pub detail: String,
    /// Stable code to switch on.
    #[schema(example = "idempotency_key_missing")]
    pub code: &'static str,
    /// Path of the request.
    pub instance: String,
    /// W3C trace id, to give to support.
    pub trace_id: String,
    /// Every violation of the content, all at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ViolationDocument>,
    /// Every reason that blocks the act.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub blocked_by: Vec<BlockDocument>,
    /// Acts this person may do now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_actions: Option<Vec<&'static str>>,
    /// Documents of the store that make the request needless.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub documents: Vec<uuid::Uuid>,
}

/// One violation of the content.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Violation)]
pub struct ViolationDocument {
    /// JSON pointer into the request body.
    #[schema(example = "/form/ho_ten")]
    pub pointer: String,
    /// Stable key.
    pub code: &'static str,
    /// Sentence in the reader's language.
    pub message: String,
}

/// One reason that blocks an act.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Block)]
pub struct BlockDocument {
    /// Stable key.
    pub code: &'static str,
    /// Sentence in the reader's language.
    pub message: String,
    /// Article of law, where one says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<&'static str>,
}

impl Problem {
    pub(super) fn document(&self, lang: Lang, instance: &str, trace: &Trace) -> ProblemDocument {
        let entry = self.code.entry();
        let detail = self.own.detail.as_ref().map(|(vi, en)| lang.pick(vi, en).clone());
        ProblemDocument {
            kind: format!("/problems/{}", entry.code),
            title: entry.title(lang),
            status: entry.status,
            detail: detail.unwrap_or_else(|| entry.advice(lang).to_owned()),
            code: entry.code,
            instance: instance.to_owned(),
            trace_id: trace.id(),
            errors: self.own.errors.iter().map(|v| ViolationDocument::of(v, lang)).collect(),
            blocked_by: self.own.blocked_by.iter().map(|b| BlockDocument::of(b, lang)).collect(),
            allowed_actions: self.own.allowed_actions.clone(),
            documents: self.own.documents.clone(),
        }
    }
}

impl ViolationDocument {
    /// The violation in one language.
    pub fn of(violation: &Violation, lang: Lang) -> Self {
        Self {
            pointer: violation.pointer.clone(),
            code: violation.code,
            message: lang.pick(&violation.vi, &violation.en).clone(),
        }
    }
}

impl BlockDocument {
    /// The reason in one language.
    pub fn of(block: &Block, lang: Lang) -> Self {
        Self {
            code: block.code,
            message: lang.pick(&block.vi, &block.en).clone(),
            legal_basis: block.legal_basis,
        }
    }
}

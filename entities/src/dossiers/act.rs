//! The acts with what each needs; their kinds and rules are in `rules::lifecycle`.

use super::application::PaperIn;
use super::asking::Despite;
use super::process::{Advice, Question, Report};
use chrono::{DateTime, Utc};
use rules::lifecycle::ActKind;
use rules::results::Validity;
use rules::warnings::Warning;
use uuid::Uuid;

/// An act with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Receive it as complete.
    Accept,
    /// Receive it as complete and keep originals for comparison (L-46).
    AcceptKeeping {
        /// Codes of their components.
        originals: Vec<String>,
    },
    /// Take it in at the competent unit.
    Admit,
    /// Decline to receive it.
    Refuse {
        /// Why, in words.
        reason: String,
    },
    /// Ask for papers, once and in full.
    RequestSupplement {
        /// What is missing and why, in words.
        reason: String,
        /// Components asked for; may be empty when data, not papers, are asked.
        components: Vec<String>,
        /// Why some are asked for although the store holds them (L-09).
        despite: Vec<Despite>,
    },
    /// Hand in what was asked.
    AnswerSupplement {
        /// The papers.
        papers: Vec<PaperIn>,
        /// A word with it.
        note: String,
    },
    /// Take it on one's own desk.
    Claim,
    /// Give it back to the queue.
    Release,
    /// Hand it to the next step.
    Forward {
        /// A word with it.
        note: String,
    },
    /// Give it back to an earlier step.
    SendBack {
        /// Key of that step.
        step: String,
        /// Why, in words.
        reason: String,
    },
    /// Ask another unit for its opinion.
    Consult(Question),
    /// Answer with one's opinion.
    Advise(Advice),
    /// Record a check on the spot.
    Visit(Report),
    /// Put the due date off with an apology.
    Extend {
        /// The new due moment; it ends with the office hours of its day.
        new_due: DateTime<Utc>,
        /// Why, in words.
        reason: String,
    },
    /// Open a dossier at another unit; `Door::open_child` does the rest.
    OpenChild {
        /// Its code.
        code: String,
    },
    /// Note that a child dossier is over.
    EndChild {
        /// Its code and what became of it, in words.
        told: String,
    },
    /// Count the due date anew under another version of the calendar.
    Recompute {
        /// Version of the calendar.
        calendar: u32,
        /// Why, in words.
        reason: String,
    },
    /// Ask for the fee.
    RequestPayment,
    /// Record money that has come in.
    RecordPayment {
        /// How it came: the payment's reference, or `cash` with the receipt number.
        proof: String,
    },
    /// Issue the result.
    Decide {
        /// Granted, or refused on the merits (L-43).
        outcome: Outcome,
        /// Số, ký hiệu of the result.
        number: String,
        /// Result code of the procedure.
        result_code: String,
        /// The result file; without it the act is refused.
        file: Option<Uuid>,
        /// Why, when refused on the merits.
        reason: String,
        /// The days for which it is valid; as the procedure says where nothing is.
        validity: Validity,
    },
    /// Take a wrong result back to be made anew.
    Correct {
        /// What was wrong, in words.
        reason: String,
    },
    /// Take it back.
    Withdraw {
        /// Why, if the person says.
        reason: String,
    },
    /// End it without a result.
    Stop {
        /// Why, in words.
        reason: String,
    },
    /// Hand the result over.
    Return {
        /// Signature, delivery number or reading that proves it (L-47).
        proof: String,
    },
    /// Hand the result over and give kept originals back with it (L-46).
    ReturnWithOriginals {
        /// Signature, delivery number or reading that proves it (L-47).
        proof: String,
    },
    /// Warn whom a date concerns.
    Warn {
        /// The warning, as the rules found it due.
        warning: Warning,
    },
}

/// What a decision says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was asked is granted.
    Granted,
    /// It is refused on the merits, in writing.
    Rejected,
}

impl Act {
    /// Its kind in the table.
    pub fn kind(&self) -> ActKind {
        match self {
            Self::Accept | Self::AcceptKeeping { .. } => ActKind::Accept,
            Self::Admit => ActKind::Admit,
            Self::SendBack { .. } => ActKind::SendBack,
            Self::Extend { .. } => ActKind::Extend,
            Self::Consult(_) => ActKind::Consult,
            Self::Advise(_) => ActKind::Advise,
            Self::Visit(_) => ActKind::Visit,
            Self::Correct { .. } => ActKind::Correct,
            Self::OpenChild { .. } => ActKind::OpenChild,
            Self::EndChild { .. } => ActKind::EndChild,
            Self::Recompute { .. } => ActKind::Recompute,
            Self::Refuse { .. } => ActKind::Refuse,
            Self::RequestSupplement { .. } => ActKind::RequestSupplement,
            Self::AnswerSupplement { .. } => ActKind::AnswerSupplement,
            Self::Claim => ActKind::Claim,
            Self::Release => ActKind::Release,
            Self::Forward { .. } => ActKind::Forward,
            Self::RequestPayment => ActKind::RequestPayment,
            Self::RecordPayment { .. } => ActKind::RecordPayment,
            Self::Decide { .. } => ActKind::Decide,
            Self::Withdraw { .. } => ActKind::Withdraw,
            Self::Stop { .. } => ActKind::Stop,
            Self::Return { .. } | Self::ReturnWithOriginals { .. } => ActKind::Return,
            Self::Warn { .. } => ActKind::Warn,
        }
    }

    /// Its words are kept with the question, the opinion or the visit and shown there to whom they concern; the
    /// history does not repeat them.
    pub(super) fn keeps_its_words(&self) -> bool {
        matches!(self, Self::Consult(_) | Self::Advise(_) | Self::Visit(_))
    }

    /// The words given with it; empty when none.
    pub fn words(&self) -> &str {
        match self {
            Self::Refuse { reason }
            | Self::RequestSupplement { reason, .. }
            | Self::Decide { reason, .. }
            | Self::Withdraw { reason }
            | Self::SendBack { reason, .. }
            | Self::Extend { reason, .. }
            | Self::Recompute { reason, .. }
            | Self::Correct { reason }
            | Self::Stop { reason } => reason,
            Self::AnswerSupplement { note, .. } | Self::Forward { note } => note,
            Self::Consult(Question { words, .. }) | Self::Advise(Advice { words, .. }) => words,
            Self::Visit(report) => &report.found,
            Self::RecordPayment { proof } | Self::Return { proof } | Self::ReturnWithOriginals { proof } => {
                proof
            }
            Self::OpenChild { code: said } | Self::EndChild { told: said } => said,
            Self::Warn { warning } => &warning.vi,
            Self::Accept
            | Self::AcceptKeeping { .. }
            | Self::Admit
            | Self::Claim
            | Self::Release
            | Self::RequestPayment => "",
        }
    }
}

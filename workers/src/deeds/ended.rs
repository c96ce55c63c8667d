//! How a deed ends when something stood in its way: one mapping for all of them.

use crate::deed::Outcome;
use connectors::failure::{Failure, Said};
use entities::Error;

/// What a deed gives back: nothing when its effect is made.
pub(super) type Ended = Result<(), Trouble>;

/// An end other than done; what a party says of it stands apart and never in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    outcome: Outcome,
    said: Said,
}

impl Trouble {
    /// It will never go.
    pub(super) fn fail(words: impl ToString) -> Self {
        Outcome::fail(words).into()
    }

    /// It may go better after the usual delay.
    pub(super) fn retry(words: impl ToString) -> Self {
        Outcome::retry(words).into()
    }

    /// Worth another attempt, or waiting for one.
    pub(super) fn is_retry(&self) -> bool {
        matches!(self.outcome, Outcome::Retry { .. } | Outcome::Wait { .. })
    }

    /// Nothing was tried: it uses up no attempt.
    pub(super) fn is_wait(&self) -> bool {
        matches!(self.outcome, Outcome::Wait { .. })
    }

    /// Why, in words.
    pub(super) fn reason(&self) -> &str {
        match &self.outcome {
            Outcome::Done => "",
            Outcome::Retry { reason, .. } | Outcome::Wait { reason, .. } | Outcome::Fail { reason } => reason,
        }
    }

    /// Why, with what the party says of it: only to be sealed.
    pub(super) fn told(&self) -> String {
        told(self.reason(), &self.said)
    }
}

/// A reason with what a party says of it: only to be sealed.
pub(super) fn told(reason: &str, said: &Said) -> String {
    match said.words() {
        "" => reason.to_owned(),
        words => format!("{reason}: {words}"),
    }
}

impl From<Outcome> for Trouble {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, said: Said::default() }
    }
}

impl From<Trouble> for Outcome {
    fn from(trouble: Trouble) -> Self {
        trouble.outcome
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Retry { after, reason, .. } => Outcome::Retry { after, reason }.into(),
            Failure::Wait { party, after, reason } => Outcome::Wait { party, after, reason }.into(),
            Failure::Fail { reason, said } => Self { outcome: Outcome::Fail { reason }, said },
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            // The words of a database can hold a value; they go to the log of the process alone.
            Error::Database(error) => {
                tracing::warn!(%error, "a deed met a database error");
                Outcome::retry("cơ sở dữ liệu chưa làm được / the database did not do it").into()
            }
            Error::Stale => Outcome::retry("hồ sơ vừa thay đổi / the dossier changed meanwhile").into(),
            lasting => Self::fail(lasting.for_good().map(|(_, words)| words).unwrap_or_default()),
        }
    }
}

impl From<sea_orm::DbErr> for Trouble {
    fn from(error: sea_orm::DbErr) -> Self {
        Error::from(error).into()
    }
}

impl From<object_store::Error> for Trouble {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => {
                Self::fail("kho không còn tệp này / the file store no longer has these bytes")
            }
            error => {
                tracing::warn!(%error, "a deed met an error of the file store");
                Outcome::retry("kho tệp chưa trả lời / the file store did not answer").into()
            }
        }
    }
}

//! How a deed ends when something stood in its way: one mapping for all of them.

use crate::deed::Outcome;
use connectors::failure::Failure;
use entities::Error;

/// What a deed gives back: nothing when its effect is made.
pub(super) type Ended = Result<(), Trouble>;

/// An end other than done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble(Outcome);

impl Trouble {
    /// It will never go.
    pub(super) fn fail(words: impl ToString) -> Self {
        Self(Outcome::fail(words))
    }

    /// It may go better after the usual delay.
    pub(super) fn retry(words: impl ToString) -> Self {
        Self(Outcome::retry(words))
    }

    /// Worth another attempt, or waiting for one.
    pub(super) fn is_retry(&self) -> bool {
        matches!(self.0, Outcome::Retry { .. } | Outcome::Wait { .. })
    }

    /// Nothing was tried: it uses up no attempt.
    pub(super) fn is_wait(&self) -> bool {
        matches!(self.0, Outcome::Wait { .. })
    }

    /// Why, in words.
    pub(super) fn reason(&self) -> &str {
        match &self.0 {
            Outcome::Done => "",
            Outcome::Retry { reason, .. } | Outcome::Wait { reason, .. } | Outcome::Fail { reason } => reason,
        }
    }
}

impl From<Trouble> for Outcome {
    fn from(trouble: Trouble) -> Self {
        trouble.0
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self(match failure {
            Failure::Retry { after, reason, .. } => Outcome::Retry { after, reason },
            Failure::Wait { party, after, reason } => Outcome::Wait { party, after, reason },
            Failure::Fail { reason } => Outcome::Fail { reason },
        })
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            // The words of a database can hold a value; they go to the log of the process alone.
            Error::Database(error) => {
                tracing::warn!(%error, "a deed met a database error");
                Self(Outcome::retry("cơ sở dữ liệu chưa làm được / the database did not do it"))
            }
            Error::Stale => Self(Outcome::retry("hồ sơ vừa thay đổi / the dossier changed meanwhile")),
            Error::Refused(refusal) => {
                let blocks = refusal.blocked_by.iter().map(|b| format!("{} / {}", b.vi, b.en));
                Self::fail(blocks.collect::<Vec<_>>().join("; "))
            }
            Error::NotFound(what) => Self::fail(format!("không tìm thấy / there is no such {what}")),
            Error::Damaged { what, .. } => Self::fail(format!("dữ liệu hỏng / damaged data: {what}")),
            Error::Sealed(why) => {
                Self::fail(format!("không mở được dữ liệu niêm phong / sealed data: {why}"))
            }
            Error::Invalid(wrong) => {
                let codes: Vec<&str> = wrong.iter().map(|violation| violation.code).collect();
                Self::fail(format!("dữ liệu không hợp lệ / invalid: {}", codes.join(", ")))
            }
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
                Self(Outcome::retry("kho tệp chưa trả lời / the file store did not answer"))
            }
        }
    }
}

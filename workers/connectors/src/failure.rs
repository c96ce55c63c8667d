//! Why a call to an outside party did not succeed, and whether to try again.

use std::time::Duration;

/// The two ways a call can fail. The words are for the administrator: no secret and no personal data in them.
///
/// Retry: the party cannot be reached, is too slow, answers 408, 425, 429 or 5xx, or answers something that cannot be
/// read (the party may or may not have done its part, and every call may safely be repeated).
/// Fail: the party understood and said no, the answer is larger than allowed, or our own record cannot be sent truthfully.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Worth repeating.
    #[error("{reason}")]
    Retry {
        /// How long the party asked us to wait; `None` leaves it to the backoff of the ledger.
        after: Option<Duration>,
        /// What happened, in words.
        reason: String,
    },
    /// Repeating changes nothing; a person has to look.
    #[error("{reason}")]
    Fail {
        /// What happened, in words.
        reason: String,
    },
}

impl Failure {
    /// A failure worth repeating, with no wish of the party about when.
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry { after: None, reason: reason.into() }
    }

    /// A failure that repeating does not cure.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::Fail { reason: reason.into() }
    }

    /// The words alone.
    pub fn reason(&self) -> &str {
        match self {
            Self::Retry { reason, .. } | Self::Fail { reason } => reason,
        }
    }

    /// Whether the ledger should try again.
    pub fn is_retry(&self) -> bool {
        matches!(self, Self::Retry { .. })
    }
}

//! Why a call to an outside party did not succeed, and whether to try again.

use std::fmt;
use std::time::Duration;

/// The three ways a call can end without success. The words are for the administrator: no secret and no personal data in
/// them, so what the party itself says stands apart.
///
/// Retry: the party cannot be reached, is too slow, answers 408, 425, 429 or 5xx, or answers something that cannot be
/// read (the party may or may not have done its part, and every call may safely be repeated).
/// Wait: no call was made, because the party is not set up, not in use, resting after failures or asked often enough,
/// or the party does not let us in at all; waiting uses up neither attempts nor the three days of patience.
/// Fail: the party understood and said no, the answer is larger than allowed, or our own record cannot be sent truthfully.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Worth repeating.
    #[error("{reason}")]
    Retry {
        /// How long the party asked us to wait; `None` leaves it to the backoff of the ledger.
        after: Option<Duration>,
        /// The party certainly did nothing: it was not reached, or says in so many words (429, 503) that it cannot now.
        undone: bool,
        /// What happened, in words.
        reason: String,
    },
    /// Nothing was asked; the work keeps its place and waits.
    #[error("{reason}")]
    Wait {
        /// Key of the connector, or of the kind of party where none is set up.
        party: String,
        /// How long, at the latest; a change of the party's state brings the work forward.
        after: Duration,
        /// Why, in words.
        reason: String,
    },
    /// Repeating changes nothing; a person has to look.
    #[error("{reason}")]
    Fail {
        /// What happened, in words.
        reason: String,
        /// What the party says of it.
        said: Said,
    },
}

/// Words of a party, which may name persons: they are kept sealed or not at all, and no log prints them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Said(String);

impl Said {
    /// At most 400 characters of them, on one line.
    pub fn new(words: &str) -> Self {
        Self(words.chars().filter(|c| !c.is_control()).take(400).collect())
    }

    /// The words; empty where it said none.
    pub fn words(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Said(…)")
    }
}

impl Failure {
    /// A failure worth repeating, with no wish of the party about when; it may have done its part.
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry { after: None, undone: false, reason: reason.into() }
    }

    /// A failure worth repeating of a party that certainly did nothing.
    pub fn undone(after: Option<Duration>, reason: impl Into<String>) -> Self {
        Self::Retry { after, undone: true, reason: reason.into() }
    }

    /// Work that waits for a party.
    pub fn wait(party: impl Into<String>, after: Duration, reason: impl Into<String>) -> Self {
        Self::Wait { party: party.into(), after, reason: reason.into() }
    }

    /// A failure that repeating does not cure.
    pub fn fail(reason: impl Into<String>) -> Self {
        Self::Fail { reason: reason.into(), said: Said::default() }
    }

    /// A refusal of the party, whose own words stand apart from ours.
    pub fn refused(reason: impl Into<String>, words: &str) -> Self {
        Self::Fail { reason: reason.into(), said: Said::new(words) }
    }

    /// The words alone.
    pub fn reason(&self) -> &str {
        match self {
            Self::Retry { reason, .. } | Self::Wait { reason, .. } | Self::Fail { reason, .. } => reason,
        }
    }

    /// Whether the ledger should try again, now counted as an attempt or not.
    pub fn is_retry(&self) -> bool {
        matches!(self, Self::Retry { .. } | Self::Wait { .. })
    }

    /// Whether the party certainly did nothing of what was asked.
    pub fn left_undone(&self) -> bool {
        matches!(self, Self::Retry { undone: true, .. } | Self::Wait { .. })
    }

    /// Whether nothing was asked.
    pub fn is_wait(&self) -> bool {
        matches!(self, Self::Wait { .. })
    }
}

//! The line to one party: whether it may be called now, and how the calls went.

use crate::failure::Failure;
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// Shared by everything that calls one party. Clones are the same line.
#[derive(Debug, Clone, Default)]
pub struct Line(Arc<Mutex<Counts>>);

/// Calls since the process began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that were answered.
    pub answered: u64,
    /// Calls that were not.
    pub failed: u64,
}

impl Line {
    /// Whether a call may be made at `at`; otherwise the failure that says until when it waits.
    pub fn admit(&self, _at: DateTime<Utc>) -> Result<(), Failure> {
        Ok(())
    }

    /// Notes how a call ended.
    pub fn note(&self, _at: DateTime<Utc>, ended: Result<(), &Failure>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match ended {
            Ok(()) => counts.answered = counts.answered.saturating_add(1),
            Err(_) => counts.failed = counts.failed.saturating_add(1),
        }
    }

    /// How the calls went so far.
    pub fn counts(&self) -> Counts {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

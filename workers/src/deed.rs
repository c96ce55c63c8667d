//! What a deed is told and what it answers; who does it is a trait so that the contract suite can script deeds.

use chrono::{DateTime, Utc};
use rules::jobs::Job;
use std::time::Duration;
use uuid::Uuid;

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The effect is made, now or by an earlier attempt.
    Done,
    /// It may go better later.
    Retry {
        /// Not before so long, when the party said so; otherwise the usual growing delay.
        after: Option<Duration>,
        /// Why, in words; never personal data.
        reason: String,
    },
    /// Nothing was tried: the party is not set up, not in use or resting. The job keeps its place and its attempts.
    Wait {
        /// Key of the connector, or of the kind of party.
        party: String,
        /// At the latest after so long.
        after: Duration,
        /// Why, in words; never personal data.
        reason: String,
    },
    /// It will never go: the job is dead at once.
    Fail {
        /// Why, in words; never personal data.
        reason: String,
    },
}

impl Outcome {
    /// A retry after the usual delay.
    pub fn retry(reason: impl ToString) -> Self {
        Self::Retry { after: None, reason: reason.to_string() }
    }

    /// A failure that cannot pass.
    pub fn fail(reason: impl ToString) -> Self {
        Self::Fail { reason: reason.to_string() }
    }
}

/// What a deed knows about its attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The job's row; the same in every attempt, so it serves as the key of the effect.
    pub id: Uuid,
    /// The number of the attempt, from 1.
    pub number: i32,
    /// Whether no further one follows should it be worth a retry.
    pub last: bool,
    /// The office's time at its start.
    pub at: DateTime<Utc>,
    /// W3C trace context of the request that caused the job.
    pub traceparent: Option<String>,
}

/// Does jobs. A deed may be cut off anywhere and begun again: its effect must be safe to repeat.
pub trait Deeds: Send + Sync + 'static {
    /// Does one job. A panic counts as a retry.
    fn run(&self, job: Job, attempt: Attempt) -> impl Future<Output = Outcome> + Send;
}

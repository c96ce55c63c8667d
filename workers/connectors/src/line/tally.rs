//! How the calls of a line went, by data service and legal day, until somebody writes it down.

use chrono::{DateTime, NaiveDate, Utc};
use rules::local_time::local_date;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::time::Duration;

/// Numbers of calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that the party answered and did not refuse by its status.
    pub answered: u64,
    /// Calls that it understood and refused.
    pub refused: u64,
    /// Calls that were not answered, or with a failure of its own.
    pub failed: u64,
    /// Milliseconds that all of them took together.
    pub took_ms: u64,
}

/// How a call ended, for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended<'a> {
    /// Answered.
    Answered,
    /// Understood and refused.
    Refused,
    /// Not answered, or with a failure of the party's own; why, in words.
    Failed(&'a str),
}

/// What a line has seen since it was last asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// Calls by data service and legal day.
    pub days: BTreeMap<(String, NaiveDate), Counts>,
    /// The last calls.
    pub health: Health,
}

/// The last calls of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// When the party last did its part.
    pub answered_at: Option<DateTime<Utc>>,
    /// How long that took, in milliseconds.
    pub took_ms: Option<u64>,
    /// When a call last failed.
    pub failed_at: Option<DateTime<Utc>>,
    /// Why, in words.
    pub failed_with: Option<String>,
}

/// Characters kept of a failure's words.
const WORDS: usize = 300;

impl News {
    pub(super) fn note(&mut self, service: &str, at: DateTime<Utc>, took: Duration, ended: Ended<'_>) {
        let counts = counted(took, ended);
        *self.days.entry((service.to_owned(), local_date(at))).or_default() += counts;
        if let Ended::Failed(words) = ended {
            self.health.failed_at = self.health.failed_at.max(Some(at));
            self.health.failed_with = Some(words.chars().take(WORDS).collect());
        } else {
            self.health.answered_at = self.health.answered_at.max(Some(at));
            self.health.took_ms = Some(counts.took_ms);
        }
    }

    /// Puts earlier news, which could not be written down, back under these.
    pub(super) fn after(&mut self, earlier: Self) {
        for (key, counts) in earlier.days {
            *self.days.entry(key).or_default() += counts;
        }
        let now = std::mem::take(&mut self.health);
        let failed = if now.failed_at.is_some() { &now } else { &earlier.health };
        let answered = if now.answered_at.is_some() { &now } else { &earlier.health };
        self.health = Health {
            answered_at: answered.answered_at,
            took_ms: answered.took_ms,
            failed_at: failed.failed_at,
            failed_with: failed.failed_with.clone(),
        };
    }

    /// Whether there is nothing to write down.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }
}

pub(super) fn counted(took: Duration, ended: Ended<'_>) -> Counts {
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let one = Counts { took_ms, ..Counts::default() };
    match ended {
        Ended::Answered => Counts { answered: 1, ..one },
        Ended::Refused => Counts { refused: 1, ..one },
        Ended::Failed(_) => Counts { failed: 1, ..one },
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.answered = self.answered.saturating_add(more.answered);
        self.refused = self.refused.saturating_add(more.refused);
        self.failed = self.failed.saturating_add(more.failed);
        self.took_ms = self.took_ms.saturating_add(more.took_ms);
    }
}

//! When a party that fails is left to rest, and the one call that finds out whether it is well again.

use super::settings::LineSettings;
use chrono::{DateTime, TimeDelta, Utc};

/// Closed while calls succeed; open after failures in a row; half-open while one call tries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Breaker {
    settings: LineSettings,
    stands: Stands,
}

#[derive(Debug, Clone, Copy)]
enum Stands {
    Closed { failed: u32 },
    Open { until: DateTime<Utc>, rest: TimeDelta },
    Trying { rest: TimeDelta },
}

/// How a breaker stands, for administrators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Calls go out.
    Awake,
    /// None goes out before this instant.
    Until(DateTime<Utc>),
    /// One call is out to see whether the party is well again.
    Trying,
}

/// While one call tries, the others look again so soon.
const SOON: TimeDelta = TimeDelta::seconds(5);

impl Breaker {
    pub(super) fn new(settings: LineSettings) -> Self {
        Self { settings, stands: Stands::Closed { failed: 0 } }
    }

    /// Whether a call may go out, and whether it is the one that tries; otherwise how long to wait.
    pub(super) fn admit(&mut self, at: DateTime<Utc>) -> Result<bool, TimeDelta> {
        match self.stands {
            Stands::Closed { .. } => Ok(false),
            Stands::Open { until, .. } if at < until => Err(until - at),
            Stands::Open { rest, .. } => {
                self.stands = Stands::Trying { rest };
                Ok(true)
            }
            Stands::Trying { .. } => Err(SOON),
        }
    }

    /// The party did its part: it is well.
    pub(super) fn answered(&mut self) {
        self.stands = Stands::Closed { failed: 0 };
    }

    /// A call failed at `at`. One that went out before the rest began changes nothing any more.
    pub(super) fn failed(&mut self, at: DateTime<Utc>, tried: bool) {
        let limit = self.settings.failures;
        match self.stands {
            Stands::Closed { failed } if limit > 0 && failed.saturating_add(1) >= limit => {
                self.open(at, seconds(self.settings.first_rest_seconds));
            }
            Stands::Closed { failed } => self.stands = Stands::Closed { failed: failed.saturating_add(1) },
            Stands::Trying { rest } if tried => self.open(at, rest * 2),
            Stands::Trying { .. } | Stands::Open { .. } => {}
        }
    }

    /// The call that was to try did not go out after all.
    pub(super) fn put_off(&mut self, at: DateTime<Utc>) {
        if let Stands::Trying { rest } = self.stands {
            self.stands = Stands::Open { until: at, rest };
        }
    }

    pub(super) fn rest(&self) -> Rest {
        match self.stands {
            Stands::Closed { .. } => Rest::Awake,
            Stands::Open { until, .. } => Rest::Until(until),
            Stands::Trying { .. } => Rest::Trying,
        }
    }

    fn open(&mut self, at: DateTime<Utc>, rest: TimeDelta) {
        let rest = rest.min(seconds(self.settings.longest_rest_seconds)).max(TimeDelta::seconds(1));
        self.stands = Stands::Open { until: at + rest, rest };
    }
}

fn seconds(number: u32) -> TimeDelta {
    TimeDelta::seconds(i64::from(number))
}

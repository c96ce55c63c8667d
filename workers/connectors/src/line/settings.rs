//! How carefully one party is called: how often, and when it is left to rest.

use chrono::TimeDelta;
use serde::Deserialize;

/// Table `line` of a connector's section. Example: `{"calls_per_minute": 120, "burst": 20, "failures": 5}`.
///
/// Each process counts for itself: with N processes a party is called N times as often at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LineSettings {
    /// Most calls a minute over time; 0 sets no bound, as no public document of a party names one.
    pub calls_per_minute: u32,
    /// Calls that may come at once.
    pub burst: u32,
    /// Failed calls in a row after which the party is left to rest; 0 never lets it rest.
    pub failures: u32,
    /// Seconds of the first rest; each further one is twice as long until a call succeeds.
    pub first_rest_seconds: u32,
    /// Longest rest in seconds.
    pub longest_rest_seconds: u32,
}

impl Default for LineSettings {
    fn default() -> Self {
        Self {
            calls_per_minute: 0,
            burst: 20,
            failures: 5,
            first_rest_seconds: 10,
            longest_rest_seconds: 600,
        }
    }
}

impl LineSettings {
    /// No bound and no rest: for a line of which nobody asked anything.
    pub fn open() -> Self {
        Self { failures: 0, ..Self::default() }
    }

    pub(super) fn between_calls(self) -> Option<TimeDelta> {
        let apart = 60_000_000_i64.checked_div(i64::from(self.calls_per_minute))?;
        Some(TimeDelta::microseconds(apart))
    }
}

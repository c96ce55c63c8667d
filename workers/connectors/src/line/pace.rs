//! How often a party may be called: a bucket of `burst` calls that fills at a steady rate.

use super::settings::LineSettings;
use chrono::{DateTime, TimeDelta, Utc};

/// The bucket, kept as the instant at which it will be full again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    apart: Option<TimeDelta>,
    reach: TimeDelta,
    full_at: DateTime<Utc>,
    promised: DateTime<Utc>,
}

/// Nobody is sent further away than this; whoever comes back too early is sent away again.
const FURTHEST: TimeDelta = TimeDelta::minutes(10);

impl Pace {
    pub(super) fn new(settings: LineSettings) -> Self {
        let apart = settings.between_calls();
        let more = i32::try_from(settings.burst.max(1) - 1).unwrap_or(i32::MAX);
        let reach = apart.map_or(TimeDelta::zero(), |apart| apart * more);
        Self { apart, reach, full_at: DateTime::UNIX_EPOCH, promised: DateTime::UNIX_EPOCH }
    }

    /// Takes a call out of the bucket, or says how long to wait.
    ///
    /// Those who wait are sent to one place each, so that they do not all come back for the same one.
    pub(super) fn take(&mut self, at: DateTime<Utc>) -> Result<(), TimeDelta> {
        let Some(apart) = self.apart else { return Ok(()) };
        let free_at = self.full_at - self.reach;
        if free_at > at {
            let place = self.promised.max(free_at).min(at + FURTHEST);
            self.promised = place + apart;
            return Err(place - at);
        }
        self.full_at = self.full_at.max(at) + apart;
        Ok(())
    }
}

//! How long to wait before the next attempt: doubling delays with jitter, three days in all.

use crate::settings::WorkerSettings;
use entities::jobs::{Claimed, MAX_ATTEMPTS};
use std::time::Duration;

/// Delay after this attempt failed; none after the last one.
///
/// `asked` is the party's own wish and only bounded. `chance` in 0..1 spreads the delay by a fifth either way, so that
/// the jobs of one outage do not all come back in the same second.
pub(crate) fn delay(
    row: &Claimed,
    settings: &WorkerSettings,
    asked: Option<Duration>,
    chance: f64,
) -> Option<Duration> {
    if row.attempts >= row.max_attempts {
        return None;
    }
    let longest = Duration::from_secs(settings.longest_delay_seconds);
    if let Some(asked) = asked {
        return Some(asked.min(longest));
    }
    let doublings = u32::try_from(of_this_round(row) - 1).unwrap_or(0).min(30);
    let plain =
        Duration::from_secs(settings.first_delay_seconds).saturating_mul(2_u32.saturating_pow(doublings));
    let spread = plain.min(longest).mul_f64(0.8 + 0.4 * chance);
    // Whole milliseconds: a time with nanoseconds reads back differently from the database.
    Some(Duration::from_millis(spread.as_millis().try_into().unwrap_or(u64::MAX)))
}

/// A replayed job has more attempts allowed and begins again with short delays.
fn of_this_round(row: &Claimed) -> i32 {
    (MAX_ATTEMPTS - (row.max_attempts - row.attempts)).clamp(1, MAX_ATTEMPTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use uuid::Uuid;

    #[test]
    fn all_delays_together_are_about_three_days() {
        let total: Duration = (1..).map_while(|n| delay_of(n, MAX_ATTEMPTS, 0.5)).sum();

        let days = total.as_secs_f64() / 86_400.0;
        assert!((2.8..3.2).contains(&days), "{days}");
    }

    #[test]
    fn a_replayed_job_begins_with_the_short_delay() {
        let first = delay_of(MAX_ATTEMPTS + 1, 2 * MAX_ATTEMPTS, 0.5);

        assert_eq!(first, delay_of(1, MAX_ATTEMPTS, 0.5));
        assert_eq!(first, Some(Duration::from_secs(10)));
    }

    #[test]
    fn jitter_stays_within_a_fifth() {
        assert_eq!(delay_of(1, MAX_ATTEMPTS, 0.0), Some(Duration::from_secs(8)));
        assert_eq!(delay_of(1, MAX_ATTEMPTS, 1.0).map(|d| d.as_secs_f64().round()), Some(12.0));
    }

    fn delay_of(attempts: i32, max_attempts: i32, chance: f64) -> Option<Duration> {
        let row = Claimed {
            id: Uuid::nil(),
            kind: "send_notice".into(),
            payload: "{}".into(),
            payload_version: 1,
            ordering_key: None,
            attempts,
            max_attempts,
            next_run_at: DateTime::UNIX_EPOCH,
            traceparent: None,
            lease_owner: "w".into(),
        };
        delay(&row, &WorkerSettings::default(), None, chance)
    }
}

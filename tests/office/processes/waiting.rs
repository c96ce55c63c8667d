//! Waiting for what must become true.

use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Nothing in these tests takes longer on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A beat that begins at once and never hurries to catch up.
pub fn beat(every: Duration) -> Interval {
    let mut beat = interval(every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat
}

/// Looks again and again until there is something to see.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let mut beat = beat(Duration::from_millis(15));
    let waiting = async {
        loop {
            beat.tick().await;
            if let Some(seen) = look().await {
                return seen;
            }
        }
    };
    match tokio::time::timeout(PATIENCE, waiting).await {
        Ok(seen) => seen,
        Err(_) => panic!("never came true: {what}"),
    }
}

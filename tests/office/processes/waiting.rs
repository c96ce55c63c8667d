//! Waiting for what must become true.

use std::time::Duration;

/// Nothing in these tests takes longer on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Looks again and again until there is something to see.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let mut beat = tokio::time::interval(Duration::from_millis(15));
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

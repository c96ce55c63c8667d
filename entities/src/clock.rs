//! The one place that reads the time; everything else gets it as a parameter.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::sync::{Arc, Mutex};

/// Tells the time: the system's, or one that stands still until it is moved.
#[derive(Debug, Clone, Default)]
pub struct Clock(Source);

#[derive(Debug, Clone, Default)]
enum Source {
    #[default]
    System,
    Standing(Arc<Mutex<DateTime<Utc>>>),
    Shifted(Arc<Mutex<TimeDelta>>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until [`Clock::set`] or [`Clock::advance`]; for tests.
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Self(Source::Standing(Arc::new(Mutex::new(at))))
    }

    /// A running clock that can be moved forward; for the demo.
    pub fn movable() -> Self {
        Self(Source::Shifted(Arc::new(Mutex::new(TimeDelta::zero()))))
    }

    /// Now, in whole microseconds, as PostgreSQL keeps it.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => system_now(),
            Source::Standing(at) => *lock(at),
            Source::Shifted(by) => system_now() + *lock(by),
        }
    }

    /// Moves a standing or movable clock forward; the system's clock is left alone.
    pub fn advance(&self, by: TimeDelta) {
        match &self.0 {
            Source::System => {}
            Source::Standing(at) => *lock(at) += by,
            Source::Shifted(shift) => *lock(shift) += by,
        }
    }

    /// Sets a standing or movable clock to `to`.
    pub fn set(&self, to: DateTime<Utc>) {
        self.advance(to - self.now());
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that may read the system's time")]
fn system_now() -> DateTime<Utc> {
    let now = Utc::now();
    now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
}

fn lock<T>(value: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    value.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

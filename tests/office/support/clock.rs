//! The clock of the tests: it stands until a test moves it.

use chrono::{DateTime, TimeZone, Utc};
use entities::clock::Clock;

/// A clock that stands at [`opening`].
pub fn standing() -> Clock {
    Clock::standing_at(opening())
}

/// Tuesday 10 March 2026, 09:00 in Hà Nội: a working day with nothing special about it.
pub fn opening() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 10, 2, 0, 0).unwrap()
}

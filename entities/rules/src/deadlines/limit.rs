//! Time limits of the catalogue, in the units the law uses (W-08).

use serde::{Deserialize, Serialize};

/// A limit in a unit of the law (W-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// How many units; 0 only for `same_day` and `at_once`.
    pub amount: u32,
    /// The unit.
    pub unit: TimeUnit,
}

/// Units of time found in the law (W-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Ngày làm việc.
    WorkingDays,
    /// Nửa ngày làm việc (1/2 ngày làm việc).
    HalfWorkingDays,
    /// Ngày (calendar days).
    CalendarDays,
    /// Giờ làm việc.
    WorkingHours,
    /// Tháng.
    Months,
    /// Trong ngày; after 15:00 the next working day (W-09).
    SameDay,
    /// Ngay: before the end of the session in which it is received.
    AtOnce,
}

impl TimeLimit {
    /// Longest amount that is counted; a catalogue with more is refused by [`TimeLimit::is_sound`].
    pub const LONGEST: u32 = 10_000;

    /// Whether the amount fits the unit: none for `same_day` and `at_once`, 1 to 10,000 for the others.
    pub fn is_sound(self) -> bool {
        match self.unit {
            TimeUnit::SameDay | TimeUnit::AtOnce => self.amount == 0,
            _ => (1..=Self::LONGEST).contains(&self.amount),
        }
    }
}

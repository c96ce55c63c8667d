//! One line of a derivation: which rule counted what, from when to when, and which days it skipped.

use crate::calendar::Reason;
use crate::deadlines::limit::TimeUnit;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

/// One line of the derivation of a due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// The rule applied.
    pub rule: Rule,
    /// Article that says so.
    pub legal_reference: String,
    /// First moment.
    pub from: DateTime<Utc>,
    /// Last moment.
    pub to: DateTime<Utc>,
    /// What is counted towards the limit; what was counted in vain for [`Rule::SetAside`].
    pub counted: Counted,
    /// Days that do not count, with the reason.
    pub skipped: Vec<Skipped>,
    /// Saturdays and Sundays that count because they were worked instead, with the reason (W-16).
    pub worked: Vec<Worked>,
}

/// A day that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The local day.
    pub date: NaiveDate,
    /// Why it does not count.
    pub reason: Reason,
}

/// A Saturday or Sunday that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worked {
    /// The local day.
    pub date: NaiveDate,
    /// Why it counts.
    pub reason: Reason,
}

/// An amount of time in the unit it was counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: CountedUnit,
}

/// Units in which a segment counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedUnit {
    /// Whole working days.
    WorkingDays,
    /// Halves of a working day.
    HalfWorkingDays,
    /// Days of the calendar.
    CalendarDays,
    /// Seconds within office hours.
    WorkingSeconds,
    /// Sessions of the office (buổi).
    Sessions,
}

/// The rules a segment can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Received after the cut-off hour or on a day off: counts as received when the office next opens.
    CutOff,
    /// Working days, the day of the event not counted.
    WorkingDays,
    /// Half working days.
    HalfWorkingDays,
    /// Calendar days.
    CalendarDays,
    /// Months, ending on the same date.
    Months,
    /// Working hours from the moment itself.
    WorkingHours,
    /// The same day, or the next working day after 15:00.
    SameDay,
    /// On the spot.
    AtOnce,
    /// The last day is a day off, so the limit ends on the next working day.
    Rolled,
    /// The applicant has the turn.
    Waiting,
    /// Counted before a restart, and void since.
    SetAside,
    /// Put off once, with an apology.
    Extended,
}

impl Rule {
    /// Id of the rule in the table of rules.
    pub fn id(self) -> &'static str {
        match self {
            Self::CutOff => "W-10",
            Self::WorkingDays | Self::CalendarDays => "W-02",
            Self::HalfWorkingDays | Self::AtOnce => "W-08",
            Self::Months => "W-05",
            Self::WorkingHours => "W-03",
            Self::SameDay => "W-09",
            Self::Rolled => "W-04",
            Self::Waiting => "L-27",
            Self::SetAside => "L-25",
            Self::Extended => "L-40",
        }
    }

    /// Article that says so, where the procedure does not name its own.
    pub fn legal_reference(self) -> &'static str {
        match self {
            Self::CutOff => "Quyết định của địa phương về giờ chốt tiếp nhận",
            Self::WorkingDays => "BLDS 91/2015 Đ147.2, Đ148.5",
            Self::HalfWorkingDays => "TT 117/2026 Đ7, Đ8; BLDS 91/2015 Đ147.2",
            Self::CalendarDays => "BLDS 91/2015 Đ147.2",
            Self::Months => "BLDS 91/2015 Đ148.3",
            Self::WorkingHours | Self::AtOnce => "BLDS 91/2015 Đ147.1",
            Self::SameDay => "NĐ 23/2015 Đ7",
            Self::Rolled => "BLDS 91/2015 Đ148.5",
            Self::Waiting | Self::SetAside => "NĐ 61/2018 Đ19.4",
            Self::Extended => "NĐ 61/2018 Đ19.9",
        }
    }

    /// Whether the segment adds to the limit.
    pub fn counts(self) -> bool {
        !matches!(self, Self::CutOff | Self::Rolled | Self::Waiting | Self::SetAside)
    }
}

impl From<TimeUnit> for Rule {
    fn from(unit: TimeUnit) -> Self {
        match unit {
            TimeUnit::WorkingDays => Self::WorkingDays,
            TimeUnit::HalfWorkingDays => Self::HalfWorkingDays,
            TimeUnit::CalendarDays => Self::CalendarDays,
            TimeUnit::WorkingHours => Self::WorkingHours,
            TimeUnit::Months => Self::Months,
            TimeUnit::SameDay => Self::SameDay,
            TimeUnit::AtOnce => Self::AtOnce,
        }
    }
}

//! When a unit works: its sessions, its Saturday desk, and arithmetic in working time (W-03, W-11, W-12).

use crate::calendar::Calendar;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

/// Office hours of one unit, the same on every working day.
///
/// Days are never turned into hours (W-11): a day limit ends at [`OfficeHours::closes`] of its last day,
/// however long the day is; only limits in working hours walk through the sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plan", into = "Plan")]
pub struct OfficeHours {
    first: Session,
    later: Vec<Session>,
    saturday_desk: Vec<Session>,
    cutoff_hour: Option<u8>,
}

/// One stretch of work, local time, such as 07:00 to 11:30.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Opening time.
    pub opens: NaiveTime,
    /// Closing time, after the opening.
    pub closes: NaiveTime,
}

/// What is wrong with a plan of office hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfficeHoursProblem {
    /// No session at all.
    #[error("office hours need at least one session")]
    NoSession,
    /// Sessions must have a length, be in order and not overlap.
    #[error("sessions must be in order, not overlap and close after they open")]
    OutOfOrder,
}

/// JSON shape of [`OfficeHours`]: `{"sessions": [{"opens": "07:00:00", "closes": "11:30:00"}]}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    sessions: Vec<Session>,
    #[serde(default)]
    saturday_desk: Vec<Session>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cutoff_hour: Option<u8>,
}

impl OfficeHours {
    /// Hours of a unit; `saturday_desk` receives on Saturdays without making them working days (W-12).
    pub fn new(sessions: &[Session], saturday_desk: &[Session]) -> Result<Self, OfficeHoursProblem> {
        let (first, later) = sessions.split_first().ok_or(OfficeHoursProblem::NoSession)?;
        if !in_order(sessions) || !in_order(saturday_desk) {
            return Err(OfficeHoursProblem::OutOfOrder);
        }
        Ok(Self {
            first: *first,
            later: later.to_vec(),
            saturday_desk: saturday_desk.to_vec(),
            cutoff_hour: None,
        })
    }

    /// The same hours with a local hour after which a reception counts from the next working day (W-10).
    pub fn with_cutoff(self, hour: Option<u8>) -> Self {
        Self { cutoff_hour: hour, ..self }
    }

    /// The unit's own cut-off hour; none by default (W-10).
    pub fn cutoff_hour(&self) -> Option<u8> {
        self.cutoff_hour
    }

    /// End of a day limit on its last day (W-07).
    pub fn closes(&self, date: NaiveDate) -> NaiveDateTime {
        date.and_time(self.later.last().unwrap_or(&self.first).closes)
    }

    /// Start of work on a day.
    pub fn opens(&self, date: NaiveDate) -> NaiveDateTime {
        date.and_time(self.first.opens)
    }

    /// End of half a working day: the close of the first session, or the middle of the only one (W-08).
    pub fn midday(&self, date: NaiveDate) -> NaiveDateTime {
        if self.later.is_empty() {
            let half = (self.first.closes - self.first.opens) / 2;
            return date.and_time(self.first.opens.overflowing_add_signed(half).0);
        }
        date.and_time(self.first.closes)
    }

    /// Moment at which an amount of working time has passed since `from` (W-03).
    pub fn advance(&self, from: NaiveDateTime, work: TimeDelta, calendar: &Calendar) -> NaiveDateTime {
        let mut left = work;
        for (opens, closes) in self.stretches(from, calendar) {
            let begins = opens.max(from);
            let room = closes - begins;
            if left <= room {
                return begins + left;
            }
            left -= room;
        }
        NaiveDateTime::MAX
    }

    /// Working time between two moments; zero when they are the wrong way round.
    pub fn worked(&self, from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> TimeDelta {
        let stretches = self.stretches(from, calendar).take_while(|(opens, _)| from < to && *opens < to);
        stretches.fold(TimeDelta::zero(), |sum, (opens, closes)| sum + (closes.min(to) - opens.max(from)))
    }

    /// First end of a session at or after a moment.
    pub fn session_end(&self, from: NaiveDateTime, calendar: &Calendar) -> NaiveDateTime {
        self.stretches(from, calendar).next().map_or(NaiveDateTime::MAX, |(_, closes)| closes)
    }

    /// Whether somebody sits at the desk: a session of a working day, or the Saturday desk.
    pub fn desk_is_open(&self, at: NaiveDateTime, calendar: &Calendar) -> bool {
        let date = at.date();
        let within = |s: &Session| (s.opens..s.closes).contains(&at.time());
        if calendar.is_working_day(date) {
            return self.sessions().any(|s| within(&s));
        }
        date.weekday() == Weekday::Sat
            && !calendar.is_marked_off(date)
            && self.saturday_desk.iter().any(within)
    }

    fn stretches(
        &self,
        from: NaiveDateTime,
        calendar: &Calendar,
    ) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let days = from.date().iter_days().filter(|d| calendar.is_working_day(*d));
        days.flat_map(|d| self.sessions().map(move |s| (d.and_time(s.opens), d.and_time(s.closes))))
            .filter(move |(_, closes)| *closes >= from)
    }

    fn sessions(&self) -> impl Iterator<Item = Session> {
        std::iter::once(self.first).chain(self.later.iter().copied())
    }
}

impl Default for OfficeHours {
    /// 07:00–11:30 and 13:30–17:00, eight hours.
    fn default() -> Self {
        let session = |from: i64, to: i64| Session { opens: minute(from), closes: minute(to) };
        Self {
            first: session(420, 690),
            later: vec![session(810, 1020)],
            saturday_desk: Vec::new(),
            cutoff_hour: None,
        }
    }
}

impl TryFrom<Plan> for OfficeHours {
    type Error = OfficeHoursProblem;

    fn try_from(plan: Plan) -> Result<Self, Self::Error> {
        Ok(Self::new(&plan.sessions, &plan.saturday_desk)?.with_cutoff(plan.cutoff_hour))
    }
}

impl From<OfficeHours> for Plan {
    fn from(hours: OfficeHours) -> Self {
        Self {
            sessions: hours.sessions().collect(),
            cutoff_hour: hours.cutoff_hour,
            saturday_desk: hours.saturday_desk,
        }
    }
}

fn in_order(sessions: &[Session]) -> bool {
    let long = sessions.iter().all(|s| s.opens < s.closes);
    long && sessions.iter().zip(sessions.iter().skip(1)).all(|(a, b)| a.closes <= b.opens)
}

fn minute(of_the_day: i64) -> NaiveTime {
    NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(of_the_day)).0
}

//! The due moment of a limit that runs without interruption, with its derivation.

use crate::calendar::Calendar;
use crate::deadlines::allotment::{Allotment, Office, walk};
use crate::deadlines::limit::TimeLimit;
use crate::deadlines::segment::{Rule, Segment};
use crate::local_time::{instant, local};
use crate::office_hours::OfficeHours;
use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

/// A due moment and how it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The last moment that is in time.
    pub due: DateTime<Utc>,
    /// How it was found, in order; the last segment ends at `due`.
    pub segments: Vec<Segment>,
    /// The due day lies outside the calendar, so its holidays are not known yet.
    pub provisional: bool,
}

/// Due moment of a limit that starts at an instant (W-01..W-12).
///
/// The day of the event is not counted (W-02); hours run from the moment itself (W-03); a last day off gives
/// way to the next working day (W-04); day limits end when the unit closes (W-07). With a `cutoff_hour` a
/// receipt strictly after that local hour, or on a day off, counts as received when the office next opens
/// (W-10); without one it does not.
pub fn due(
    limit: TimeLimit,
    start: DateTime<Utc>,
    calendar: &Calendar,
    hours: &OfficeHours,
    cutoff_hour: Option<u8>,
) -> Span {
    let office = Office { calendar, hours };
    let (from, moved) = admit(local(start), cutoff_hour, office);
    let walk = walk(from, &[Allotment::of(limit, from, office)], None, office);
    let segments = moved.into_iter().chain(walk.segments).collect();
    Span { due: instant(walk.end), segments, provisional: !calendar.covers(walk.end.date()) }
}

/// The moment from which a receipt counts, and the segment that explains a move (W-10).
pub(super) fn admit(
    at: NaiveDateTime,
    cutoff_hour: Option<u8>,
    office: Office<'_>,
) -> (NaiveDateTime, Option<Segment>) {
    let Some(hour) = cutoff_hour else {
        return (at, None);
    };
    // An hour of 24 or more wraps in NaiveTime, so it is read as "never too late".
    let too_late =
        hour < 24 && at.time() > NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(hour.into())).0;
    if office.calendar.is_working_day(at.date()) && !too_late {
        return (at, None);
    }
    let opens = office.hours.opens(office.calendar.next_working_day(at.date()));
    let skipped = office.days_off(at.date().iter_days(), opens.date());
    (opens, Some(Segment { skipped, ..Segment::bare(Rule::CutOff, at, opens) }))
}

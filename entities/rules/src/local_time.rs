//! Local time of the office: Asia/Ho_Chi_Minh, always UTC+7, read to the whole second (W-01).

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};

const AHEAD_OF_UTC: TimeDelta = TimeDelta::hours(7);

/// The clock on the office wall at an instant, without the fraction of a second.
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    let wall = at.naive_utc().checked_add_signed(AHEAD_OF_UTC).unwrap_or(NaiveDateTime::MAX);
    wall.with_nanosecond(0).unwrap_or(wall)
}

/// The legal date of an instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// The instant at which the office wall shows a time.
pub fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    local.checked_sub_signed(AHEAD_OF_UTC).unwrap_or(NaiveDateTime::MIN).and_utc()
}

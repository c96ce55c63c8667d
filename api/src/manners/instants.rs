//! An instant in a query, for what is asked about the past.

use crate::problems::{Code, Problem};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use rules::local_time::instant;

/// The instant a reader asks about; now when none is named. Fails when it is none, or lies ahead.
pub(crate) fn as_of(told: Option<&str>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
    let Some(told) = told else {
        return Ok(now);
    };
    // A plus that was not escaped arrives as a space.
    let asked = DateTime::parse_from_rfc3339(&told.replace(' ', "+")).map_err(|_| {
        refused(
            "Tham số `as_of` phải là thời điểm RFC 3339.",
            "The parameter `as_of` is no RFC 3339 instant.",
        )
    })?;
    let asked = asked.with_timezone(&Utc);
    if asked > now {
        let vi = "Thời điểm `as_of` chưa tới; nhật ký chỉ kể việc đã xảy ra.";
        return Err(refused(vi, "`as_of` lies ahead; a history tells only what has happened."));
    }
    Ok(asked)
}

/// The first moment of a local day.
pub(crate) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN))
}

/// The last moment of a local day.
pub(crate) fn last_moment(day: NaiveDate) -> DateTime<Utc> {
    midnight(day.checked_add_days(Days::new(1)).unwrap_or(day)) - TimeDelta::microseconds(1)
}

fn refused(vi: &str, en: &str) -> Problem {
    Problem::new(Code::QueryInvalid).because(vi, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn an_instant_is_read_with_its_offset_and_never_lies_ahead() {
        let now = Utc.with_ymd_and_hms(2026, 4, 1, 0, 0, 0).unwrap();
        let quarter_end = Utc.with_ymd_and_hms(2026, 3, 31, 10, 0, 0).unwrap();

        for told in ["2026-03-31T17:00:00+07:00", "2026-03-31T17:00:00 07:00", "2026-03-31T10:00:00Z"] {
            assert_eq!(as_of(Some(told), now).unwrap(), quarter_end, "{told}");
        }
        assert_eq!(as_of(None, now).unwrap(), now);
        for told in ["2026-04-01T00:00:01Z", "2026-03-31", "yesterday", ""] {
            assert_eq!(as_of(Some(told), now).unwrap_err().code(), Code::QueryInvalid, "{told}");
        }
    }
}

//! Quiet hours: no telephone rings at night for what can wait.

use crate::local_time::{instant, local};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Hours of the office's local day in which no text message is handed over; over midnight when they begin later than
/// they end. Written as `21:00-07:00`; equal ends mean none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuietHours {
    from: NaiveTime,
    to: NaiveTime,
}

impl Default for QuietHours {
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self { from: hour(21), to: hour(7) }
    }
}

impl QuietHours {
    /// The first moment from `at` on that is not quiet.
    pub fn after(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let now = local(at);
        let quiet = match self.from <= self.to {
            true => (self.from..self.to).contains(&now.time()),
            false => now.time() >= self.from || now.time() < self.to,
        };
        if !quiet {
            return at;
        }
        let tomorrow = now.time() >= self.to;
        let day = now.date() + TimeDelta::days(i64::from(tomorrow));
        instant(day.and_time(self.to))
    }
}

impl TryFrom<String> for QuietHours {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let read = |part: &str| NaiveTime::parse_from_str(part.trim(), "%H:%M").ok();
        let parts = text.split_once('-').and_then(|(from, to)| Some((read(from)?, read(to)?)));
        let (from, to) = parts.ok_or_else(|| format!("{text:?} is not of the form 21:00-07:00"))?;
        Ok(Self { from, to })
    }
}

impl From<QuietHours> for String {
    fn from(hours: QuietHours) -> Self {
        format!("{}-{}", hours.from.format("%H:%M"), hours.to.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(hours: &str, at: &str) -> String {
        let hours = QuietHours::try_from(hours.to_owned()).unwrap();
        let at = DateTime::parse_from_rfc3339(at).unwrap().to_utc();
        local(hours.after(at)).format("%d %H:%M:%S").to_string()
    }

    #[test]
    fn what_comes_in_the_night_waits_for_the_morning() {
        for (hours, at, rings) in [
            ("21:00-07:00", "2026-03-10T20:59:59+07:00", "10 20:59:59"),
            ("21:00-07:00", "2026-03-10T21:00:00+07:00", "11 07:00:00"),
            ("21:00-07:00", "2026-03-10T23:59:59+07:00", "11 07:00:00"),
            ("21:00-07:00", "2026-03-11T00:00:00+07:00", "11 07:00:00"),
            ("21:00-07:00", "2026-03-11T06:59:59+07:00", "11 07:00:00"),
            ("21:00-07:00", "2026-03-11T07:00:00+07:00", "11 07:00:00"),
            ("12:00-13:30", "2026-03-11T12:15:00+07:00", "11 13:30:00"),
            ("12:00-13:30", "2026-03-11T13:30:00+07:00", "11 13:30:00"),
            ("00:00-00:00", "2026-03-11T00:00:00+07:00", "11 00:00:00"),
            ("21:00-07:00", "2026-12-31T22:00:00+07:00", "01 07:00:00"),
            ("21:00-07:00", "2028-02-28T22:00:00+07:00", "29 07:00:00"),
        ] {
            assert_eq!(told(hours, at), rings, "{hours} {at}");
        }
    }

    #[test]
    fn hours_of_another_form_are_refused() {
        for text in ["", "21-07", "21:00", "25:00-07:00", "21:00-07:00-08:00"] {
            assert!(QuietHours::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert_eq!(String::from(QuietHours::default()), "21:00-07:00");
    }
}

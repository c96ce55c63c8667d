//! What travels with every call to an outside party: the instant, the trace, and a journal where one is kept.

use crate::journal::Journal;
use chrono::{DateTime, NaiveDateTime, Utc};
use rules::local_time;

/// One call's circumstances. Connectors read no clock of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// The instant of the call, from the one clock of the process.
    pub at: DateTime<Utc>,
    /// W3C trace context, sent to the party as the header `traceparent`.
    pub traceparent: Option<String>,
    /// An administrator's trial: it goes out to a party that is being tried out.
    pub trial: bool,
    /// Where what was said is kept, for a ledger.
    pub journal: Option<Journal>,
}

impl Trip {
    /// A trip without a trace.
    pub fn at(at: DateTime<Utc>) -> Self {
        Self { at, traceparent: None, trial: false, journal: None }
    }

    /// The same trip under a trace.
    #[must_use]
    pub fn traced(mut self, traceparent: Option<String>) -> Self {
        self.traceparent = traceparent;
        self
    }

    /// A trip that only tries whether the party answers.
    #[must_use]
    pub fn on_trial(mut self) -> Self {
        self.trial = true;
        self
    }

    /// The same trip with what is said on it kept in `journal`.
    #[must_use]
    pub fn kept_in(mut self, journal: &Journal) -> Self {
        self.journal = Some(journal.clone());
        self
    }
}

const STAMP: &str = "%Y%m%d%H%M%S";

/// Local time of the office as `yyyyMMddHHmmss`, 24 hours (law.md §10 X-10); the form of both national wires.
pub fn stamp(at: DateTime<Utc>) -> String {
    local_time::local(at).format(STAMP).to_string()
}

/// Reads what [`stamp`] writes; `None` for anything else.
pub fn read_stamp(text: &str) -> Option<DateTime<Utc>> {
    if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDateTime::parse_from_str(text, STAMP).ok().map(local_time::instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_the_afternoon_is_fifteen_and_not_three() {
        let at = read_stamp("20240529150000");

        assert_eq!(at.map(|t| t.to_rfc3339()), Some("2024-05-29T08:00:00+00:00".to_owned()));
        assert_eq!(at.map(stamp), Some("20240529150000".to_owned()));
    }

    #[test]
    fn a_stamp_of_another_form_is_not_read() {
        for text in ["", "2024-05-29 15:00", "20240529156100", "2024052915000", "20241329150000", "２０２４"]
        {
            assert_eq!(read_stamp(text), None, "{text}");
        }
    }
}

//! Late or not at an instant: to the second, by date, and as the national index sees it (L-28, L-41, L-47).

use super::Past;
use crate::deadlines::{
    Deadline, NationalFacts, SupplementWait, on_time_by_date, on_time_for_the_index, on_time_to_the_second,
};
use chrono::{DateTime, TimeDelta, Utc};

/// How a received dossier stood to its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The last moment in time; none while the date was suspended.
    pub due: Option<DateTime<Utc>>,
    /// The moment first printed on the receipt (L-41).
    pub original_due: Option<DateTime<Utc>>,
    /// The moment the person had last been told: `due`, or that of before the wait.
    pub promised: Option<DateTime<Utc>>,
    /// Late to the second.
    pub late: bool,
    /// Late by date, as the provincial report compares.
    pub late_by_date: bool,
    /// Late for the national index: the wait for papers subtracted, papers asked for twice without a result late.
    pub late_for_the_index: bool,
}

/// Judges a dossier as it stood at `as_of`; none before its reception. Fails as `clock` fails.
///
/// `clock` is the legal clock as it stood at an instant. A result is judged when it is issued, not when it is handed
/// over (L-47); a dossier that waits for the applicant when the wait began.
pub fn judge<E>(
    past: &Past,
    as_of: DateTime<Utc>,
    clock: impl Fn(DateTime<Utc>) -> Result<Deadline, E>,
) -> Result<Option<Judged>, E> {
    if past.received_at.is_none() {
        return Ok(None);
    }
    let now = clock(as_of)?;
    let promised = match (now.due, past.waiting_since) {
        (None, Some(since)) => clock(since - TimeDelta::microseconds(1))?.due.or(now.original_due),
        (due, _) => due.or(now.original_due),
    };
    let end = past.decided_at.or(past.waiting_since).or(past.ended_at).unwrap_or(as_of);
    let late = |on_time: fn(DateTime<Utc>, DateTime<Utc>) -> bool| promised.is_some_and(|p| !on_time(p, end));
    Ok(Some(Judged {
        due: now.due,
        original_due: now.original_due,
        promised,
        late: late(on_time_to_the_second),
        late_by_date: late(on_time_by_date),
        late_for_the_index: promised.is_some_and(|due| !past.on_time_for_the_index(due, as_of)),
    }))
}

impl Past {
    fn on_time_for_the_index(&self, due: DateTime<Utc>, as_of: DateTime<Utc>) -> bool {
        self.for_the_index(due, as_of, on_time_for_the_index)
    }

    /// Asks something of what the national index looks at; `due` is the moment the person had last been told.
    pub fn for_the_index<R>(
        &self,
        due: DateTime<Utc>,
        as_of: DateTime<Utc>,
        ask: impl FnOnce(&NationalFacts<'_>) -> R,
    ) -> R {
        let supplements: Vec<_> = self.supplements.iter().map(|wait| self.counted(*wait)).collect();
        ask(&NationalFacts {
            due,
            decided_at: self.decided_at,
            ended_at: self.ended_at,
            supplements: &supplements,
            period_end: as_of,
        })
    }

    /// What was asked for at intake counts as asked; its time lies before the limit began and is not subtracted.
    fn counted(&self, wait: SupplementWait) -> SupplementWait {
        let from = self.received_at.unwrap_or(self.submitted_at);
        SupplementWait {
            asked_at: wait.asked_at.max(from),
            completed_at: wait.completed_at.map(|done| done.max(from)),
        }
    }
}

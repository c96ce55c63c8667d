//! "On time" as the national index counts it (QĐ 766; L-28, law.md §7.5), whatever the local policy.

use crate::deadlines::fixed::on_time_to_the_second;
use chrono::{DateTime, TimeDelta, Utc};

/// What the national index looks at in one received dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NationalFacts<'a> {
    /// The due moment sent to the portal.
    pub due: DateTime<Utc>,
    /// When the result was ready (status 9), else when it was handed over (status 10).
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was stopped, refused or withdrawn after reception; read only when there is no result.
    pub ended_at: Option<DateTime<Utc>>,
    /// Every supplement asked for. Waiting for a payment is not one, so its time counts (L-29).
    pub supplements: &'a [SupplementWait],
    /// End of the reporting period, at which an open dossier is judged.
    pub period_end: DateTime<Utc>,
}

/// One supplement, from the request to its completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupplementWait {
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When it was complete; none while the applicant has the turn.
    pub completed_at: Option<DateTime<Utc>>,
}

/// Whether the index counts the dossier as on time. More than one supplement without a result is late (L-28).
pub fn on_time_for_the_index(facts: &NationalFacts<'_>) -> bool {
    let asked_again = facts.supplements.len() > 1 && facts.decided_at.is_none();
    !asked_again && on_time_to_the_second(facts.due, index_end(facts))
}

/// The end the index compares with the due moment: the request while a supplement is open, else the end of
/// processing, moved back by the whole time the applicant took.
pub fn index_end(facts: &NationalFacts<'_>) -> DateTime<Utc> {
    let ended = facts.decided_at.or(facts.ended_at);
    let open = facts.supplements.iter().find(|s| s.completed_at.is_none());
    if let (None, Some(open)) = (ended, open) {
        return open.asked_at;
    }
    let waited = facts.supplements.iter().filter_map(|s| Some(s.completed_at? - s.asked_at));
    ended.unwrap_or(facts.period_end) - waited.fold(TimeDelta::zero(), |sum, wait| sum + wait)
}

//! A dossier as it stood at an instant: the fold of its history up to then, and of nothing else (L-50).

mod judged;
mod tally;

pub use judged::{Judged, judge};
pub use tally::{Period, Tally};

use crate::deadlines::SupplementWait;
use crate::lifecycle::ActKind;
use crate::status::Status;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One entry of the history, as far as the fold looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … within the dossier.
    pub seq: i32,
    /// What was done.
    pub act: ActKind,
    /// Status after it.
    pub to: Status,
    /// Internal step after it.
    pub step: Option<String>,
    /// Who did it.
    pub actor: String,
    /// When; an instant before that of the entry ahead counts as that entry's.
    pub at: DateTime<Utc>,
}

/// A dossier as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Number of the last entry by then.
    pub entry: i32,
    /// When that entry was made.
    pub since: DateTime<Utc>,
    /// National status.
    pub status: Status,
    /// Internal step.
    pub step: Option<String>,
    /// Who had the turn.
    pub turn: Turn,
    /// Who had it on the desk.
    pub assignee: Option<String>,
    /// Handed in.
    pub submitted_at: DateTime<Utc>,
    /// Received.
    pub received_at: Option<DateTime<Utc>>,
    /// Result issued, and not taken back for a correction.
    pub decided_at: Option<DateTime<Utc>>,
    /// Result handed over.
    pub returned_at: Option<DateTime<Utc>>,
    /// Refused, withdrawn or stopped.
    pub ended_at: Option<DateTime<Utc>>,
    /// Since when a received dossier had waited for papers or money; kept when it ended in that wait.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Every time papers were asked for, at intake and after reception.
    pub supplements: Vec<SupplementWait>,
    /// How often after reception (L-26).
    pub rounds: u32,
    /// The papers asked for were in.
    pub supplement_answered: bool,
}

/// Who has to do something next; decides the queues. A child whose time has not come is its agency's, like any other:
/// what holds it stands in the history of its main dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The agency works on it.
    Agency,
    /// The applicant has papers to hand in or a fee to pay.
    Applicant,
    /// The result is ready to be handed over.
    Handover,
    /// Nothing is left to do.
    Nobody,
}

/// The dossier as it stood at `as_of`; none before it was handed in.
///
/// Entries count in the order of `seq`, up to the first that was made later than `as_of`.
pub fn fold(entries: &[Entry], as_of: DateTime<Utc>) -> Option<Past> {
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.seq);
    let mut told = entries.into_iter().take_while(|entry| entry.at <= as_of);
    let mut past = Past::begun(told.next()?);
    told.for_each(|entry| past.add(entry));
    Some(past)
}

/// Whose turn it is in a status.
pub fn turn(status: Status, supplement_answered: bool) -> Turn {
    match status {
        Status::AwaitingSupplement if supplement_answered => Turn::Agency,
        Status::AwaitingSupplement | Status::AwaitingPayment => Turn::Applicant,
        Status::Decided => Turn::Handover,
        _ if status.is_final() => Turn::Nobody,
        _ => Turn::Agency,
    }
}

impl Turn {
    /// Key in the database and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Applicant => "applicant",
            Self::Handover => "handover",
            Self::Nobody => "nobody",
        }
    }
}

impl Past {
    /// The agency is done with it: a result, or an end without one.
    pub fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.decided_at.or(self.ended_at)
    }

    /// Received, and the agency not yet done with it.
    pub fn is_open(&self) -> bool {
        self.received_at.is_some() && self.finished_at().is_none()
    }

    fn begun(first: &Entry) -> Self {
        Self {
            entry: first.seq,
            since: first.at,
            status: first.to,
            step: first.step.clone(),
            turn: turn(first.to, false),
            assignee: None,
            submitted_at: first.at,
            received_at: None,
            decided_at: None,
            returned_at: None,
            ended_at: None,
            waiting_since: None,
            supplements: Vec::new(),
            rounds: 0,
            supplement_answered: false,
        }
    }

    fn add(&mut self, entry: &Entry) {
        let at = entry.at.max(self.since);
        self.done(entry, at);
        self.moved(entry.to, at);
        (self.entry, self.since) = (entry.seq, at);
        self.step.clone_from(&entry.step);
        self.turn = turn(self.status, self.supplement_answered);
    }

    /// What the act itself changes.
    fn done(&mut self, entry: &Entry, at: DateTime<Utc>) {
        match entry.act {
            ActKind::Accept => {
                self.received_at = Some(at);
                self.supplement_answered = false;
                self.assignee = None;
            }
            ActKind::RequestSupplement => {
                self.supplements.push(SupplementWait { asked_at: at, completed_at: None });
                self.rounds += u32::from(self.received_at.is_some());
                self.supplement_answered = false;
            }
            ActKind::AnswerSupplement => {
                self.supplements.iter_mut().for_each(|wait| {
                    wait.completed_at.get_or_insert(at);
                });
                self.supplement_answered = true;
            }
            ActKind::Claim => self.assignee = Some(entry.actor.clone()),
            ActKind::Release | ActKind::Forward | ActKind::SendBack | ActKind::Correct => {
                self.assignee = None;
            }
            _ => {}
        }
    }

    /// What the way from one status to another changes, whichever act led there.
    fn moved(&mut self, to: Status, at: DateTime<Utc>) {
        let waits = matches!(to, Status::AwaitingSupplement | Status::AwaitingPayment);
        if waits && self.received_at.is_some() {
            self.waiting_since.get_or_insert(at);
        } else if to.waits_for_agency() {
            (self.waiting_since, self.decided_at) = (None, None);
        }
        if to != self.status {
            match to {
                Status::Decided => self.decided_at = Some(at),
                Status::Returned => self.returned_at = Some(at),
                Status::Refused | Status::Withdrawn | Status::Stopped => self.ended_at = Some(at),
                _ => {}
            }
        }
        self.status = to;
    }
}

//! The deadline of a dossier as a fold over its append-only clock events (L-25..L-29, L-40, L-41).

use crate::calendar::Calendar;
use crate::deadlines::allotment::{Allotment, Office, walk};
use crate::deadlines::due::admit;
use crate::deadlines::limit::TimeLimit;
use crate::deadlines::segment::{Counted, Rule, Segment};
use crate::local_time::{instant, local};
use crate::office_hours::OfficeHours;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// Something that happened to the clock of a dossier; a row that is never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockEvent {
    /// Order within the dossier, from 1.
    pub seq: i32,
    /// What happened.
    #[serde(flatten)]
    pub kind: ClockKind,
    /// When it happened; an instant before the event ahead of it counts as that event's.
    pub at: DateTime<Utc>,
}

/// What can happen to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClockKind {
    /// Received complete (L-20, L-21).
    Started,
    /// The applicant has the turn: supplement or payment.
    Paused,
    /// The turn is back and the used time stays used.
    Resumed,
    /// The supplement is in: the policy says whether it counts from zero or goes on.
    Restarted,
    /// Put off with an apology, to the end of the local day of `to` (L-40).
    Extended {
        /// The new due moment.
        to: DateTime<Utc>,
    },
    /// Decided, withdrawn, refused or stopped.
    Stopped,
    /// The result was taken back to be corrected: the due date stands as if nothing had ended (L-48).
    Reopened,
    /// Counted anew under another calendar; the events ahead of it are read with that one (W-17).
    Recomputed,
}

impl ClockKind {
    /// Key in the database, with the date of an extension kept beside it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Restarted => "restarted",
            Self::Extended { .. } => "extended",
            Self::Stopped => "stopped",
            Self::Reopened => "reopened",
            Self::Recomputed => "recomputed",
        }
    }

    /// The kind of a key and, for `extended` alone, the date beside it.
    pub fn from_key(key: &str, to: Option<DateTime<Utc>>) -> Option<Self> {
        match (key, to) {
            ("started", None) => Some(Self::Started),
            ("paused", None) => Some(Self::Paused),
            ("resumed", None) => Some(Self::Resumed),
            ("restarted", None) => Some(Self::Restarted),
            ("extended", Some(to)) => Some(Self::Extended { to }),
            ("stopped", None) => Some(Self::Stopped),
            ("reopened", None) => Some(Self::Reopened),
            ("recomputed", None) => Some(Self::Recomputed),
            _ => None,
        }
    }
}

/// What a supplement does to the clock, with the article that says so (L-25, L-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockPolicy<'a> {
    /// Counted again from zero on [`ClockKind::Restarted`]; otherwise the used time is kept.
    pub restart: bool,
    /// Legal basis, quoted in the derivation.
    pub legal_basis: &'a str,
}

/// Where the clock of a dossier stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The last moment in time. None before the start, and none while paused (the date is suspended: it
    /// depends on the day the applicant answers) unless the time had already run out before the pause.
    pub due: Option<DateTime<Utc>>,
    /// The due moment first printed on the receipt; pauses and extensions never change it (L-41).
    pub original_due: Option<DateTime<Utc>>,
    /// What the clock does.
    pub state: ClockState,
    /// Time left when paused; none otherwise.
    pub left: Option<Counted>,
    /// The derivation. Those that count add up to the limit plus the extensions, less what is `left`.
    pub segments: Vec<Segment>,
    /// The due day lies outside the calendar, so its holidays are not known yet.
    pub provisional: bool,
}

/// What a clock can be doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Nothing received yet.
    NotStarted,
    /// Counting.
    Running,
    /// The applicant has the turn.
    Paused,
    /// Over.
    Stopped,
}

/// The deadline as it stood at `as_of`, from the events up to then in the order of `seq`.
///
/// An event that does not fit the state (a pause of a paused clock, a second start) changes nothing, and
/// nothing but a reopening follows a stop. A restart or an extension after the time ran out gives a new date;
/// `original_due` keeps the first one.
pub fn fold(
    limit: TimeLimit,
    policy: ClockPolicy<'_>,
    events: &[ClockEvent],
    calendar: &Calendar,
    hours: &OfficeHours,
    cutoff_hour: Option<u8>,
    as_of: DateTime<Utc>,
) -> Deadline {
    let mut events: Vec<_> = events.iter().filter(|e| e.at <= as_of).collect();
    events.sort_by_key(|e| e.seq);
    let mut run = Run::new(limit, policy, Office { calendar, hours }, cutoff_hour);
    let mut now = NaiveDateTime::MIN;
    for event in events {
        now = local(event.at).max(now);
        run.apply(event.kind, now);
    }
    run.conclude(local(as_of).max(now))
}

/// The clock while its events are read.
struct Run<'a> {
    limit: TimeLimit,
    policy: ClockPolicy<'a>,
    office: Office<'a>,
    cutoff_hour: Option<u8>,
    state: ClockState,
    /// From where the allotments left are used; the due moment itself once they are used up.
    from: NaiveDateTime,
    allotments: Vec<Allotment>,
    paused_at: Option<NaiveDateTime>,
    original_due: Option<NaiveDateTime>,
    segments: Vec<Segment>,
}

impl<'a> Run<'a> {
    fn new(limit: TimeLimit, policy: ClockPolicy<'a>, office: Office<'a>, cutoff_hour: Option<u8>) -> Self {
        Self {
            limit,
            policy,
            office,
            cutoff_hour,
            state: ClockState::NotStarted,
            from: NaiveDateTime::MIN,
            allotments: Vec::new(),
            paused_at: None,
            original_due: None,
            segments: Vec::new(),
        }
    }

    fn apply(&mut self, kind: ClockKind, at: NaiveDateTime) {
        use ClockState::{NotStarted, Paused, Running, Stopped};
        match (self.state, kind) {
            (NotStarted, ClockKind::Started) => self.begin(at),
            (Running, ClockKind::Paused) => self.pause(at),
            (Paused, ClockKind::Resumed) => self.resume(at),
            (Paused, ClockKind::Restarted) if !self.policy.restart => self.resume(at),
            (Paused | Running, ClockKind::Restarted) if self.policy.restart => self.restart(at),
            (Running, ClockKind::Extended { to }) => self.extend(local(to)),
            (Running, ClockKind::Stopped) => self.state = Stopped,
            (Paused, ClockKind::Stopped) => {
                self.wait_until(at);
                self.paused_at = Some(at);
                self.state = Stopped;
            }
            (Stopped, ClockKind::Reopened) if self.paused_at.is_none() => self.state = Running,
            _ => {}
        }
    }

    fn begin(&mut self, at: NaiveDateTime) {
        let (from, moved) = admit(at, self.cutoff_hour, self.office);
        self.segments.extend(moved);
        self.from = from;
        self.allotments = vec![Allotment::of(self.limit, from, self.office)];
        self.original_due = self.original_due.or_else(|| Some(self.end()));
        self.state = ClockState::Running;
    }

    fn pause(&mut self, at: NaiveDateTime) {
        self.use_until(at);
        self.paused_at = Some(at);
        self.state = ClockState::Paused;
    }

    fn resume(&mut self, at: NaiveDateTime) {
        self.wait_until(at);
        // Time that ran out before the pause stays run out.
        if !self.allotments.is_empty() {
            self.from = self.from.max(at);
        }
        self.paused_at = None;
        self.state = ClockState::Running;
    }

    fn restart(&mut self, at: NaiveDateTime) {
        if self.state == ClockState::Running {
            self.use_until(at);
        }
        for segment in self.segments.iter_mut().filter(|s| s.rule.counts()) {
            segment.rule = Rule::SetAside;
            segment.legal_reference = self.policy.legal_basis.into();
        }
        self.wait_until(at);
        self.paused_at = None;
        self.begin(at);
    }

    /// Puts the due day off to the end of another; one that is not later than the due day changes nothing.
    fn extend(&mut self, to: NaiveDateTime) {
        let due = self.end();
        let to = self.office.rolled(self.office.hours.closes(to.date()));
        if to <= due {
            return;
        }
        self.allotments.push(Allotment::extension(self.limit.unit, due, to, self.office));
    }

    fn use_until(&mut self, at: NaiveDateTime) {
        let walk = walk(self.from, &self.allotments, Some(at), self.office);
        self.segments.extend(walk.segments.into_iter().filter(|s| s.from < s.to));
        self.from = walk.end;
        self.allotments = walk.rest;
    }

    fn wait_until(&mut self, at: NaiveDateTime) {
        if let Some(since) = self.paused_at.filter(|since| *since < at) {
            let legal_reference = self.policy.legal_basis.to_owned();
            self.segments.push(Segment { legal_reference, ..Segment::bare(Rule::Waiting, since, at) });
        }
    }

    fn end(&self) -> NaiveDateTime {
        walk(self.from, &self.allotments, None, self.office).end
    }

    fn conclude(mut self, as_of: NaiveDateTime) -> Deadline {
        let due = match (self.state, self.paused_at) {
            (ClockState::NotStarted, _) => None,
            (_, Some(_)) => self.allotments.is_empty().then_some(self.from),
            (_, None) => Some(self.end()),
        };
        let mut left = None;
        if self.state == ClockState::Paused {
            self.wait_until(as_of);
            left = self.left();
        } else if self.paused_at.is_none() {
            let walk = walk(self.from, &self.allotments, None, self.office);
            self.segments.extend(walk.segments);
        }
        Deadline {
            due: due.map(instant),
            original_due: self.original_due.map(instant),
            state: self.state,
            left,
            segments: self.segments,
            provisional: due.is_some_and(|due| !self.office.calendar.covers(due.date())),
        }
    }

    fn left(&self) -> Option<Counted> {
        let mut parts = self.allotments.iter().map(Allotment::left);
        let first = parts.next()?;
        Some(parts.filter(|p| p.unit == first.unit).fold(first, |sum, part| sum.plus(part)))
    }
}

impl Counted {
    fn plus(self, more: Self) -> Self {
        Self { amount: self.amount.saturating_add(more.amount), ..self }
    }
}

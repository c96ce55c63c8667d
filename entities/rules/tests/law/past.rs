//! The past as a fold: what a dossier was at any instant, and how it is judged and counted (L-28, L-41, L-47, L-50).

use crate::lifecycle_walks::{Try, after, beginnings, tries};
use crate::office::{at, calendar, eight_hours, limit};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rules::calendar::Calendar;
use rules::deadlines::{ClockEvent, ClockKind, ClockPolicy, Deadline, TimeUnit, fold as clock};
use rules::lifecycle::{ActKind, Standing, step};
use rules::past::{Entry, Judged, Past, Period, Tally, Turn, fold, judge};
use rules::procedure::Channel;
use rules::status::Status;
use std::convert::Infallible;
use std::sync::LazyLock;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);

/// A dossier with its history and its clock.
#[derive(Debug, Default)]
struct Life {
    entries: Vec<Entry>,
    events: Vec<ClockEvent>,
}

impl Life {
    fn submitted(moment: &str) -> Self {
        Self::default().then(moment, ActKind::Submit, Status::Submitted, None)
    }

    fn then(mut self, moment: &str, act: ActKind, to: Status, kind: Option<ClockKind>) -> Self {
        self.add(at(moment), (act, to), "can-bo", kind);
        self
    }

    fn add(&mut self, at: DateTime<Utc>, (act, to): (ActKind, Status), actor: &str, kind: Option<ClockKind>) {
        let seq = i32::try_from(self.entries.len()).unwrap() + 1;
        self.entries.push(Entry { seq, act, to, step: None, actor: actor.into(), at });
        let place = i32::try_from(self.events.len()).unwrap() + 1;
        self.events.extend(kind.map(|kind| ClockEvent { seq: place, kind, at }));
    }

    fn received(moment: &str) -> Self {
        Self::submitted(moment).then(moment, ActKind::Accept, Status::Received, Some(ClockKind::Started))
    }

    fn asked(self, moment: &str) -> Self {
        let to = Status::AwaitingSupplement;
        self.then(moment, ActKind::RequestSupplement, to, Some(ClockKind::Paused))
    }

    fn answered(self, moment: &str) -> Self {
        self.then(moment, ActKind::AnswerSupplement, Status::Processing, Some(ClockKind::Restarted))
    }

    fn decided(self, moment: &str) -> Self {
        self.then(moment, ActKind::Decide, Status::Decided, Some(ClockKind::Stopped))
    }

    fn stood(&self, moment: &str) -> Past {
        fold(&self.entries, at(moment)).unwrap()
    }

    /// Ten working days, the time used before a supplement is kept.
    fn clock(&self, as_of: DateTime<Utc>) -> Result<Deadline, Infallible> {
        let policy = ClockPolicy { restart: false, legal_basis: "Luật thử Đ1" };
        let ten = limit(10, TimeUnit::WorkingDays);
        Ok(clock(ten, policy, &self.events, &CALENDAR, &eight_hours(), None, as_of))
    }

    fn judged(&self, moment: &str) -> Option<Judged> {
        let Ok(judged) = judge(&self.stood(moment), at(moment), |as_of| self.clock(as_of));
        judged
    }
}

#[test]
fn l_50_the_history_tells_every_step() {
    let life = Life::received("2026-11-02 10:00")
        .asked("2026-11-04 10:00")
        .answered("2026-11-10 15:30")
        .decided("2026-11-18 09:00")
        .then("2026-11-20 09:00", ActKind::Return, Status::Returned, None);

    let told = |moment| {
        let past = life.stood(moment);
        (past.status, past.turn, past.rounds, past.entry)
    };

    assert_eq!(fold(&life.entries, at("2026-11-02 09:59:59")), None);
    assert_eq!(told("2026-11-02 10:00"), (Status::Received, Turn::Agency, 0, 2));
    assert_eq!(told("2026-11-04 10:00"), (Status::AwaitingSupplement, Turn::Applicant, 1, 3));
    assert_eq!(told("2026-11-10 15:29:59"), (Status::AwaitingSupplement, Turn::Applicant, 1, 3));
    assert_eq!(told("2026-11-12 00:00"), (Status::Processing, Turn::Agency, 1, 4));
    assert_eq!(told("2026-11-19 00:00"), (Status::Decided, Turn::Handover, 1, 5));
    assert_eq!(told("2027-11-19 00:00"), (Status::Returned, Turn::Nobody, 1, 6));
}

#[test]
fn l_50_an_entry_of_a_clock_that_ran_behind_keeps_its_place() {
    let mut life = Life::received("2026-11-02 10:00");
    life.add(at("2026-11-02 09:59"), (ActKind::Claim, Status::Received), "ly", None);

    let past = life.stood("2026-11-02 10:00");

    assert_eq!((past.assignee.as_deref(), past.since), (Some("ly"), at("2026-11-02 10:00")));
}

#[test]
fn l_47_on_time_is_judged_at_9_not_at_10() {
    let life = Life::received("2026-11-02 10:00").decided("2026-11-16 16:59").then(
        "2026-12-20 09:00",
        ActKind::Return,
        Status::Returned,
        None,
    );

    let judged = life.judged("2026-12-31 17:00").unwrap();

    assert_eq!(judged.due, Some(at("2026-11-16 17:00")));
    assert!(!judged.late && !judged.late_by_date && !judged.late_for_the_index);
}

#[test]
fn a_second_after_the_due_moment_is_late_to_the_second_and_not_by_date() {
    let judged = Life::received("2026-11-02 10:00").decided("2026-11-16 17:00:01");

    let judged = judged.judged("2026-11-30 17:00").unwrap();

    assert!(judged.late && !judged.late_by_date && judged.late_for_the_index);
}

#[test]
fn l_41_an_extension_changes_the_date_and_the_first_one_is_kept() {
    let to = at("2026-11-20 17:00");
    let kind = Some(ClockKind::Extended { to });
    let life = Life::received("2026-11-02 10:00")
        .then("2026-11-12 08:00", ActKind::Extend, Status::Processing, kind)
        .decided("2026-11-19 09:00");

    let (before, after) = (life.judged("2026-11-11 17:00"), life.judged("2026-11-30 17:00").unwrap());

    assert_eq!(before.unwrap().due, Some(at("2026-11-16 17:00")), "the date as it stood then");
    assert_eq!((after.due, after.original_due), (Some(to), Some(at("2026-11-16 17:00"))));
    assert!(!after.late && !after.late_for_the_index, "the index compares with the new date");
}

#[test]
fn l_28_the_wait_for_papers_is_not_the_agencys_time() {
    let life = Life::received("2026-11-02 10:00").asked("2026-11-04 10:00");

    let open = life.judged("2026-12-31 17:00").unwrap();

    assert_eq!((open.due, open.promised), (None, Some(at("2026-11-16 17:00"))));
    assert!(!open.late && !open.late_by_date && !open.late_for_the_index);
}

#[test]
fn l_28_papers_asked_for_twice_without_a_result_are_late_for_the_index_alone() {
    let life = Life::submitted("2026-10-30 10:00")
        .then("2026-10-30 11:00", ActKind::RequestSupplement, Status::AwaitingSupplement, None)
        .then("2026-11-01 11:00", ActKind::AnswerSupplement, Status::AwaitingSupplement, None)
        .then("2026-11-02 10:00", ActKind::Accept, Status::Received, Some(ClockKind::Started))
        .asked("2026-11-04 10:00")
        .answered("2026-11-04 11:00");

    let (open, decided) = (life.judged("2026-11-05 08:00").unwrap(), life.decided("2026-11-13 09:00"));

    assert!(open.late_for_the_index && !open.late);
    assert!(!decided.judged("2026-11-30 17:00").unwrap().late_for_the_index);
}

#[test]
fn time_that_ran_out_before_the_wait_stays_run_out() {
    let life = Life::received("2026-11-02 10:00").asked("2026-11-17 09:00");

    let judged = life.judged("2026-11-30 17:00").unwrap();

    assert_eq!(judged.due, Some(at("2026-11-16 17:00")));
    assert!(judged.late && judged.late_by_date);
}

#[test]
fn a_result_taken_back_is_open_again_and_was_decided_before() {
    let life = Life::received("2026-11-02 10:00").decided("2026-11-10 09:00").then(
        "2026-11-12 09:00",
        ActKind::Correct,
        Status::Processing,
        Some(ClockKind::Reopened),
    );

    let (then, now) = (life.stood("2026-11-11 17:00"), life.stood("2026-11-12 17:00"));

    assert!(then.finished_at().is_some() && !then.is_open());
    assert!(now.is_open());
}

/// One of each kind over the last quarter of 2026, and two from before.
fn counted() -> Tally {
    let lives = [
        Life::received("2026-09-28 10:00"),
        Life::received("2026-09-01 10:00").decided("2026-10-20 10:00"),
        Life::received("2026-12-30 10:00"),
        Life::received("2026-11-02 10:00").asked("2026-11-04 10:00"),
        Life::received("2026-11-02 10:00").decided("2026-11-13 17:30"),
        Life::received("2026-11-02 10:00").decided("2026-11-16 17:30"),
        Life::received("2026-11-02 10:00").then(
            "2026-11-03 10:00",
            ActKind::Withdraw,
            Status::Withdrawn,
            Some(ClockKind::Stopped),
        ),
        Life::submitted("2026-12-31 10:00"),
        Life::submitted("2026-12-01 10:00").then("2026-12-01 11:00", ActKind::Refuse, Status::Refused, None),
        Life::received("2026-09-01 10:00").decided("2026-09-02 10:00").then(
            "2026-10-05 10:00",
            ActKind::Correct,
            Status::Processing,
            Some(ClockKind::Reopened),
        ),
    ];
    let mut tally = Tally::default();
    lives.iter().for_each(|life| count(life, quarter(), &mut tally));
    tally
}

fn quarter() -> Period {
    Period { from: at("2026-10-01 00:00"), until: at("2026-12-31 23:59:59") }
}

fn count(life: &Life, period: Period, tally: &mut Tally) {
    let Some(now) = fold(&life.entries, period.until) else {
        return;
    };
    let Ok(judged) = judge(&now, period.until, |as_of| life.clock(as_of));
    tally.add(Channel::Desk, fold(&life.entries, period.eve()).as_ref(), (&now, judged.as_ref()), period);
}

#[test]
fn every_dossier_of_a_period_stands_in_one_place() {
    let tally = counted();

    let expected = Tally {
        submitted: 7,
        carried_over: 2,
        received_desk: 5,
        reopened: 1,
        not_yet_received: 1,
        in_process_in_time: 1,
        in_process_late: 2,
        waiting_for_papers: 1,
        decided_before_the_day: 1,
        decided_on_the_day: 1,
        decided_after_the_day: 1,
        decided_late_to_the_second: 2,
        decided_late_for_the_index: 2,
        withdrawn: 1,
        refused: 1,
        ..Tally::default()
    };
    assert_eq!(tally, expected);
    assert!(balanced(&tally));
}

/// Columns 3 = 7 + 11 of the report II.06a.
fn balanced(tally: &Tally) -> bool {
    tally.carried_over + tally.received() + tally.reopened
        == tally.decided() + tally.withdrawn + tally.stopped + tally.open()
}

/// A walk through the table, with the standing after each entry and the moment of it.
fn walked(start: Standing, mut left: usize, tried: Vec<(Try, i64)>) -> (Life, Vec<Standing>) {
    let mut life = Life::submitted("2026-01-05 08:00");
    let (mut now, mut stood, mut moment) = (start.clone(), vec![start], at("2026-01-05 08:00"));
    for (one, minutes) in tried {
        now.mine = one.owner;
        let Ok(done) = step(&now, one.act, one.reason, &one.by) else {
            continue;
        };
        moment += TimeDelta::minutes(minutes);
        life.add(moment, (one.act, done.to), &one.by.subject, done.clock);
        now = after(now, one.act, done.to, &one.by, &mut left);
        stood.push(now.clone());
    }
    (life, stood)
}

fn assert_same(past: &Past, standing: &Standing) -> Result<(), TestCaseError> {
    prop_assert_eq!(past.status, standing.status);
    prop_assert_eq!(past.received_at.is_some(), standing.received);
    prop_assert_eq!(past.rounds, u32::from(standing.rounds_used));
    prop_assert_eq!(&past.assignee, &standing.assignee);
    if standing.status == Status::AwaitingSupplement {
        prop_assert_eq!(past.supplement_answered, standing.supplement_answered);
    }
    Ok(())
}

fn walks() -> impl Strategy<Value = (Life, Vec<Standing>)> {
    let tried = prop::collection::vec((tries(), 0..30_000_i64), 1..40);
    (beginnings(), tried).prop_map(|((start, left), tried)| walked(start, left, tried))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fold_of_any_history_is_the_standing_it_led_to((life, stood) in walks(), minutes in 0..600_000_i64) {
        let last = life.entries.last().unwrap().at;
        assert_same(&fold(&life.entries, last).unwrap(), stood.last().unwrap())?;

        let between = at("2026-01-05 08:00") + TimeDelta::minutes(minutes);
        let told = life.entries.iter().take_while(|entry| entry.at <= between).count();
        let past = fold(&life.entries, between).unwrap();
        prop_assert_eq!(usize::try_from(past.entry).unwrap(), told);
        assert_same(&past, &stood[told - 1])?;
    }

    #[test]
    fn what_comes_later_changes_no_past((life, _) in walks(), minutes in 0..600_000_i64) {
        let then = at("2026-01-05 08:00") + TimeDelta::minutes(minutes);
        let by_then = |at: DateTime<Utc>| at <= then;
        let told = Life {
            entries: life.entries.iter().filter(|e| by_then(e.at)).cloned().collect(),
            events: life.events.iter().filter(|e| by_then(e.at)).copied().collect(),
        };
        let (past, known_then) = (fold(&life.entries, then).unwrap(), fold(&told.entries, then).unwrap());

        let judged = |past: &Past, life: &Life| judge(past, then, |as_of| life.clock(as_of));

        prop_assert_eq!(judged(&past, &life), judged(&known_then, &told));
        prop_assert_eq!(past, known_then);
    }

    #[test]
    fn any_period_balances(lives in prop::collection::vec(walks(), 1..6), start in 0..600_000_i64, length in 0..600_000_i64) {
        let from = at("2026-01-05 08:00") + TimeDelta::minutes(start);
        let period = Period { from, until: from + TimeDelta::minutes(length) };

        let mut tally = Tally::default();
        lives.iter().for_each(|(life, _)| count(life, period, &mut tally));

        prop_assert!(balanced(&tally), "{:?}", tally);
    }
}

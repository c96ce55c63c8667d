//! What holds for every limit and every moment; ten thousand cases each.

use crate::office::{calendar, day, eight_hours, file, limit, marked, seven_and_a_half_hours};
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use rules::calendar::Calendar;
use rules::deadlines::{
    ClockEvent, ClockKind, ClockPolicy, CountedUnit, Deadline, Rule, Segment, TimeLimit, TimeUnit, due, fold,
};
use rules::local_time::{instant, local, local_date};
use rules::office_hours::OfficeHours;
use std::sync::LazyLock;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);
static HOURS: LazyLock<[OfficeHours; 2]> = LazyLock::new(|| [eight_hours(), seven_and_a_half_hours()]);

fn ten_thousand() -> ProptestConfig {
    ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() }
}

fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    (0..3 * 366 * 86_400_i64)
        .prop_map(|s| instant(day("2024-01-01").and_time(Default::default())) + TimeDelta::seconds(s))
}

fn units() -> impl Strategy<Value = TimeUnit> {
    prop_oneof![
        Just(TimeUnit::WorkingDays),
        Just(TimeUnit::HalfWorkingDays),
        Just(TimeUnit::CalendarDays),
        Just(TimeUnit::WorkingHours),
        Just(TimeUnit::Months),
        Just(TimeUnit::SameDay),
        Just(TimeUnit::AtOnce),
    ]
}

fn limits() -> impl Strategy<Value = TimeLimit> {
    (units(), 1..40_u32).prop_map(|(unit, amount)| match unit {
        TimeUnit::SameDay | TimeUnit::AtOnce => limit(0, unit),
        TimeUnit::Months => limit(amount % 6 + 1, unit),
        _ => limit(amount, unit),
    })
}

fn cutoffs() -> impl Strategy<Value = Option<u8>> {
    prop_oneof![Just(None), (0..26_u8).prop_map(Some)]
}

fn hours() -> impl Strategy<Value = &'static OfficeHours> {
    (0..2_usize).prop_map(|n| &HOURS[n])
}

fn stories() -> impl Strategy<Value = Vec<ClockEvent>> {
    stories_of(6)
}

/// With ends, results taken back and recomputations as well.
fn long_stories() -> impl Strategy<Value = Vec<ClockEvent>> {
    stories_of(9)
}

fn stories_of(kinds: u8) -> impl Strategy<Value = Vec<ClockEvent>> {
    let happening = (0..kinds, 0..20 * 86_400_i64, 0..40 * 86_400_i64);
    (moments(), prop::collection::vec(happening, 0..8)).prop_map(|(start, happenings)| {
        let mut events = vec![ClockEvent { seq: 1, kind: ClockKind::Started, at: start }];
        let mut at = start;
        for (seq, (kind, later, further)) in (2..).zip(happenings) {
            at += TimeDelta::seconds(later);
            let kind = match kind {
                0 | 1 => ClockKind::Paused,
                2 => ClockKind::Resumed,
                3 => ClockKind::Restarted,
                4 => ClockKind::Extended { to: at + TimeDelta::seconds(further) },
                5 => ClockKind::Started,
                6 => ClockKind::Stopped,
                7 => ClockKind::Reopened,
                _ => ClockKind::Recomputed,
            };
            events.push(ClockEvent { seq, kind, at });
        }
        events
    })
}

fn told(limit: TimeLimit, restart: bool, events: &[ClockEvent], hours: &OfficeHours) -> Deadline {
    let policy = ClockPolicy { restart, legal_basis: "NĐ 61/2018 Đ19.4" };
    let as_of = events.last().unwrap().at;
    fold(limit, policy, events, &CALENDAR, hours, None, as_of)
}

/// What the segments counted in the unit of the limit: halves, seconds, days or sessions.
fn counted(segments: &[Segment], rule: impl Fn(Rule) -> bool) -> u64 {
    let of = |s: &Segment| match s.counted.unit {
        CountedUnit::WorkingDays => u64::from(s.counted.amount) * 2,
        _ => u64::from(s.counted.amount),
    };
    segments.iter().filter(|s| rule(s.rule)).map(of).sum()
}

/// The amount the whole of a limit must count, when started at a moment.
fn whole(limit: TimeLimit, start: DateTime<Utc>) -> u64 {
    let amount = u64::from(limit.amount);
    match limit.unit {
        TimeUnit::WorkingDays => amount * 2,
        TimeUnit::HalfWorkingDays | TimeUnit::CalendarDays => amount,
        TimeUnit::WorkingHours => amount * 3600,
        TimeUnit::Months => {
            let from = local_date(start);
            let to = from.checked_add_months(chrono::Months::new(limit.amount)).unwrap();
            to.signed_duration_since(from).num_days().unsigned_abs()
        }
        TimeUnit::AtOnce => 1,
        TimeUnit::SameDay => {
            let three = chrono::NaiveTime::from_hms_opt(15, 0, 0).unwrap();
            let today = CALENDAR.is_working_day(local_date(start)) && local(start).time() <= three;
            if today { 0 } else { 2 }
        }
    }
}

proptest! {
    #![proptest_config(ten_thousand())]

    #[test]
    fn w_02_a_later_start_is_never_due_earlier(
        limit in limits(), one in moments(), other in moments(), near in 0..5 * 86_400_i64, hours in hours(), cutoff in cutoffs(),
    ) {
        let due = |start| due(limit, start, &CALENDAR, hours, cutoff).due;
        prop_assert!(due(one.min(other)) <= due(one.max(other)));
        prop_assert!(due(one) <= due(one + TimeDelta::seconds(near)));
    }

    #[test]
    fn w_02_w_03_limits_add_up(
        unit in prop_oneof![Just(TimeUnit::WorkingDays), Just(TimeUnit::WorkingHours)],
        a in 1..30_u32, b in 1..30_u32, start in moments(), hours in hours(),
    ) {
        let due = |n, start| due(limit(n, unit), start, &CALENDAR, hours, None).due;
        prop_assert_eq!(due(a + b, start), due(b, due(a, start)));
    }

    #[test]
    fn w_04_nothing_is_due_on_a_day_off_or_before_it_starts(
        limit in limits(), start in moments(), hours in hours(), cutoff in cutoffs(),
    ) {
        let due = due(limit, start, &CALENDAR, hours, cutoff).due;
        prop_assert!(CALENDAR.is_working_day(local_date(due)));
        prop_assert!(local_date(due) >= local_date(start));
    }

    #[test]
    fn w_04_nothing_is_due_on_a_day_off_whatever_happens(
        limit in limits(), restart: bool, events in long_stories(), hours in hours(),
    ) {
        let deadline = told(limit, restart, &events, hours);
        for due in deadline.due.into_iter().chain(deadline.original_due) {
            prop_assert!(CALENDAR.is_working_day(local_date(due)));
        }
    }

    #[test]
    fn w_02_the_derivation_of_a_limit_sums_to_the_answer(
        limit in limits(), start in moments(), hours in hours(),
    ) {
        let span = due(limit, start, &CALENDAR, hours, None);
        prop_assert_eq!(counted(&span.segments, Rule::counts), whole(limit, start));
        prop_assert_eq!(span.segments.last().unwrap().to, span.due);
        for pair in span.segments.windows(2) {
            prop_assert_eq!(pair[0].to, pair[1].from);
        }
    }

    #[test]
    fn l_27_the_derivation_of_a_story_sums_to_the_answer(
        limit in limits(), restart: bool, events in stories(), hours in hours(),
    ) {
        let deadline = told(limit, restart, &events, hours);
        let left = deadline.left.map_or(0, |l| {
            u64::from(l.amount) * if l.unit == CountedUnit::WorkingDays { 2 } else { 1 }
        });
        let restarted = events.iter().rev().find(|e| restart && e.kind == ClockKind::Restarted);
        if events.iter().all(|e| !matches!(e.kind, ClockKind::Extended { .. })) {
            let begun = restarted.map_or(events[0].at, |e| e.at);
            prop_assert_eq!(counted(&deadline.segments, Rule::counts) + left, whole(limit, begun));
        }
        if let Some(due) = deadline.due {
            prop_assert!(deadline.segments.iter().any(|s| s.to == due && s.rule != Rule::SetAside));
        }
    }

    #[test]
    fn w_02_working_days_counted_and_skipped_are_all_the_days_between(
        amount in 1..40_u32, start in moments(), hours in hours(),
    ) {
        let span = due(limit(amount, TimeUnit::WorkingDays), start, &CALENDAR, hours, None);
        let between = local_date(span.due).signed_duration_since(local_date(start)).num_days();
        let skipped = span.segments[0].skipped.len();
        prop_assert_eq!(usize::try_from(between).unwrap(), usize::try_from(amount).unwrap() + skipped);
    }

    #[test]
    fn l_27_a_pause_of_no_length_changes_nothing(
        limit in limits(), start in moments(), later in 0..40 * 86_400_i64, hours in hours(),
    ) {
        let at = start + TimeDelta::seconds(later);
        let started = ClockEvent { seq: 1, kind: ClockKind::Started, at: start };
        let paused = ClockEvent { seq: 2, kind: ClockKind::Paused, at };
        let resumed = ClockEvent { seq: 3, kind: ClockKind::Resumed, at };
        let deadline = told(limit, true, &[started, paused, resumed], hours);
        prop_assert_eq!(deadline.due, Some(due(limit, start, &CALENDAR, hours, None).due));
    }

    #[test]
    fn l_27_x_12_a_pause_moves_the_due_day_by_the_working_days_it_lasted(
        amount in 2..40_u32, start in moments(), before in 0..40 * 86_400_i64, length in 0..40 * 86_400_i64, hours in hours(),
    ) {
        let plain = due(limit(amount, TimeUnit::WorkingDays), start, &CALENDAR, hours, None).due;
        let last_midnight = instant(local_date(plain).and_time(Default::default()));
        let paused_at = start + TimeDelta::seconds(before % (last_midnight - start).num_seconds());
        let resumed_at = paused_at + TimeDelta::seconds(length);
        let events = [
            ClockEvent { seq: 1, kind: ClockKind::Started, at: start },
            ClockEvent { seq: 2, kind: ClockKind::Paused, at: paused_at },
            ClockEvent { seq: 3, kind: ClockKind::Resumed, at: resumed_at },
        ];
        let waited = CALENDAR.count(local_date(paused_at) + Days::new(1), local_date(resumed_at));
        let longer = due(limit(amount + waited, TimeUnit::WorkingDays), start, &CALENDAR, hours, None).due;
        prop_assert_eq!(told(limit(amount, TimeUnit::WorkingDays), false, &events, hours).due, Some(longer));
    }

    #[test]
    fn l_25_a_restart_is_a_fresh_limit(
        limit in limits(), start in moments(), before in 0..9 * 86_400_i64, length in 0..40 * 86_400_i64, hours in hours(),
    ) {
        let again = start + TimeDelta::seconds(before + length);
        let events = [
            ClockEvent { seq: 1, kind: ClockKind::Started, at: start },
            ClockEvent { seq: 2, kind: ClockKind::Paused, at: start + TimeDelta::seconds(before) },
            ClockEvent { seq: 3, kind: ClockKind::Restarted, at: again },
        ];
        let deadline = told(limit, true, &events, hours);
        prop_assert_eq!(deadline.due, Some(due(limit, again, &CALENDAR, hours, None).due));
        prop_assert_eq!(deadline.original_due, Some(due(limit, start, &CALENDAR, hours, None).due));
    }

    #[test]
    fn w_17_a_recomputation_under_the_same_calendar_changes_nothing(
        limit in limits(), restart: bool, events in long_stories(), hours in hours(),
    ) {
        let without: Vec<_> = events.iter().copied().filter(|e| e.kind != ClockKind::Recomputed).collect();
        let as_of = events.last().unwrap().at;
        let policy = ClockPolicy { restart, legal_basis: "NĐ 61/2018 Đ19.4" };
        let told = |events: &[ClockEvent]| fold(limit, policy, events, &CALENDAR, hours, None, as_of);
        prop_assert_eq!(told(&events), told(&without));
    }

    #[test]
    fn w_17_more_days_off_never_bring_a_due_date_nearer(
        limit in limits(), start in moments(), hours in hours(), cutoff in cutoffs(), off in 0..4 * 366_u64,
    ) {
        let mut file = file();
        let closed = file.valid_from + Days::new(off % 1461);
        let marked_already = file.off.iter().chain(&file.work).any(|day| day.date == closed);
        prop_assume!(!marked_already);
        file.off.push(marked(closed, "Bão"));
        let stormy = Calendar::from_file(&file).unwrap();
        let due = |calendar| due(limit, start, calendar, hours, cutoff).due;
        prop_assert!(due(&stormy) >= due(&CALENDAR));
        if due(&stormy) != due(&CALENDAR) {
            prop_assert!(local_date(start) <= closed && closed <= local_date(due(&stormy)));
        }
    }

    #[test]
    fn l_48_a_result_taken_back_leaves_the_due_date_as_it_was(
        limit in limits(), start in moments(), ended in 0..40 * 86_400_i64, later in 0..40 * 86_400_i64, hours in hours(),
    ) {
        let ended = start + TimeDelta::seconds(ended);
        let events = [
            ClockEvent { seq: 1, kind: ClockKind::Started, at: start },
            ClockEvent { seq: 2, kind: ClockKind::Stopped, at: ended },
            ClockEvent { seq: 3, kind: ClockKind::Reopened, at: ended + TimeDelta::seconds(later) },
        ];
        let deadline = told(limit, false, &events, hours);
        prop_assert_eq!(deadline.due, Some(due(limit, start, &CALENDAR, hours, None).due));
    }

    #[test]
    fn l_40_an_extension_never_brings_the_due_date_nearer(
        limit in limits(), start in moments(), to in 0..90 * 86_400_i64, hours in hours(),
    ) {
        let plain = due(limit, start, &CALENDAR, hours, None).due;
        let to = start + TimeDelta::seconds(to);
        let events = [
            ClockEvent { seq: 1, kind: ClockKind::Started, at: start },
            ClockEvent { seq: 2, kind: ClockKind::Extended { to }, at: start },
        ];
        let extended = told(limit, false, &events, hours);
        prop_assert!(extended.due.unwrap() >= plain);
        prop_assert_eq!(extended.original_due, Some(plain));
        prop_assert!(local_date(extended.due.unwrap()) >= local_date(plain).max(local_date(to)));
    }
}

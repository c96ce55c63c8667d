//! W-07..W-10, L-12, L-23, L-25..L-29, L-40..L-42: the clock under events.

use crate::office::{at, calendar, eight_hours, limit, seven_and_a_half_hours};
use rules::deadlines::{
    ClockEvent, ClockKind, ClockPolicy, ClockState, Counted, CountedUnit, Deadline, Rule, TimeLimit,
    TimeUnit, answer_due, due, fold, transfer_by,
};

const KEEP: ClockPolicy<'static> = ClockPolicy { restart: false, legal_basis: "Luật X Đ1" };
const RESTART: ClockPolicy<'static> = ClockPolicy { restart: true, legal_basis: "NĐ 61/2018 Đ19.4" };

fn told(limit: TimeLimit, policy: ClockPolicy<'_>, story: &[(ClockKind, &str)], as_of: &str) -> Deadline {
    let events: Vec<ClockEvent> = (1..)
        .zip(story)
        .map(|(seq, (kind, moment))| ClockEvent { seq, kind: *kind, at: at(moment) })
        .collect();
    fold(limit, policy, &events, &calendar(), &eight_hours(), None, at(as_of))
}

fn days(amount: u32) -> TimeLimit {
    limit(amount, TimeUnit::WorkingDays)
}

#[test]
fn w_08_halves_of_a_working_day_end_at_midday_or_at_closing() {
    let halves = |n| {
        due(limit(n, TimeUnit::HalfWorkingDays), at("2026-11-23 10:00"), &calendar(), &eight_hours(), None)
            .due
    };

    assert_eq!(halves(1), at("2026-11-25 11:30"), "the 24th is a holiday");
    assert_eq!(halves(2), at("2026-11-25 17:00"));
    assert_eq!(halves(3), at("2026-11-26 11:30"));
}

#[test]
fn w_08_at_once_is_before_the_end_of_the_session() {
    let at_once = |start| due(limit(0, TimeUnit::AtOnce), at(start), &calendar(), &eight_hours(), None).due;

    assert_eq!(at_once("2026-11-23 08:00"), at("2026-11-23 11:30"));
    assert_eq!(at_once("2026-11-23 12:00"), at("2026-11-23 17:00"));
    assert_eq!(at_once("2026-11-23 17:30"), at("2026-11-25 11:30"));
}

#[test]
fn w_10_no_hour_is_too_late_without_a_cut_off() {
    let receipt = at("2026-11-02 16:59");

    let free = due(days(1), receipt, &calendar(), &eight_hours(), None);
    let cut = due(days(1), receipt, &calendar(), &eight_hours(), Some(16));

    assert_eq!(free.due, at("2026-11-03 17:00"));
    assert_eq!(cut.due, at("2026-11-04 17:00"));
    assert_eq!(cut.segments[0].rule, Rule::CutOff);
    let just_in_time = due(days(1), at("2026-11-02 16:00:00"), &calendar(), &eight_hours(), Some(16));
    assert_eq!(just_in_time.due, at("2026-11-03 17:00"));
}

#[test]
fn w_10_with_a_cut_off_a_day_off_counts_as_the_next_working_day() {
    let friday_evening = due(days(1), at("2026-11-06 18:00"), &calendar(), &eight_hours(), Some(16));
    let sunday = due(days(1), at("2026-11-08 09:00"), &calendar(), &eight_hours(), Some(16));

    assert_eq!(friday_evening.due, at("2026-11-10 17:00"));
    assert_eq!(sunday.due, friday_evening.due);
    assert_eq!(sunday.segments[0].skipped.len(), 1);
}

#[test]
fn w_07_w_11_days_end_when_the_unit_closes_however_long_its_day() {
    let ten = due(days(10), at("2026-11-02 09:00"), &calendar(), &seven_and_a_half_hours(), None);

    assert_eq!(ten.due, at("2026-11-16 17:00"));
}

#[test]
fn w_17_a_due_day_beyond_the_calendar_is_provisional() {
    let beyond = due(days(10), at("2027-12-28 09:00"), &calendar(), &eight_hours(), None);

    assert!(beyond.provisional);
    assert!(!due(days(1), at("2027-12-28 09:00"), &calendar(), &eight_hours(), None).provisional);
}

#[test]
fn l_12_the_answer_limit_starts_again_at_the_payment() {
    let (sent, paid) = (at("2026-11-02 08:00"), at("2026-11-03 10:00"));

    assert_eq!(
        answer_due(sent, None, &calendar(), &eight_hours()).due,
        at("2026-11-02 17:00") + chrono::TimeDelta::hours(15)
    );
    assert_eq!(answer_due(sent, Some(paid), &calendar(), &eight_hours()).due, at("2026-11-04 10:00"));
}

#[test]
fn l_24_what_is_electronic_waits_for_no_three_o_clock() {
    let (calendar, hours) = (calendar(), eight_hours());
    let late = at("2026-11-03 15:30");

    let online = due(limit(1, TimeUnit::WorkingDays), late, &calendar, &hours, None).due;

    assert_eq!(online, at("2026-11-04 17:00"), "the count begins as if it were morning");
    assert!(transfer_by(late, &calendar, &hours) > late, "paper alone waits for the next morning");
}

#[test]
fn w_06_sector_law_goes_before_the_general_rule() {
    let (calendar, hours) = (calendar(), eight_hours());
    let due =
        |cutoff| due(limit(1, TimeUnit::WorkingDays), at("2026-11-03 15:30"), &calendar, &hours, cutoff).due;

    assert_eq!((due(None), due(Some(15))), (at("2026-11-04 17:00"), at("2026-11-05 17:00")));
}

#[test]
fn l_23_paper_is_handed_over_the_same_day_or_first_thing_next_working_day() {
    let by = |received| transfer_by(at(received), &calendar(), &eight_hours());

    assert_eq!(by("2026-11-23 15:00"), at("2026-11-23 17:00"));
    assert_eq!(by("2026-11-23 15:00:01"), at("2026-11-25 07:00"));
    assert_eq!(by("2026-11-21 09:00"), at("2026-11-23 07:00"));
}

#[test]
fn l_27_while_the_applicant_has_the_turn_the_due_date_is_suspended() {
    let story = [(ClockKind::Started, "2026-11-02 09:00"), (ClockKind::Paused, "2026-11-04 10:00")];

    let paused = told(days(10), KEEP, &story, "2026-11-06 09:00");

    assert_eq!((paused.due, paused.state), (None, ClockState::Paused));
    assert_eq!(paused.original_due, Some(at("2026-11-16 17:00")));
    assert_eq!(paused.left, Some(Counted { amount: 8, unit: CountedUnit::WorkingDays }));
    assert_eq!(paused.segments[1].to, at("2026-11-06 09:00"));
    assert_eq!(paused.segments[1].legal_reference, "Luật X Đ1");
}

#[test]
fn l_27_a_pause_after_the_time_ran_out_gains_nothing() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Paused, "2026-11-05 08:00"),
        (ClockKind::Resumed, "2026-11-12 09:00"),
    ];

    let paused = told(days(2), KEEP, &story[..2], "2026-11-06 09:00");
    let resumed = told(days(2), KEEP, &story, "2026-11-13 09:00");

    assert_eq!(paused.due, Some(at("2026-11-04 17:00")));
    assert_eq!(resumed.due, Some(at("2026-11-04 17:00")));
}

#[test]
fn l_27_a_pause_on_the_last_day_leaves_the_day_of_the_answer() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Paused, "2026-11-04 16:00"),
        (ClockKind::Resumed, "2026-11-12 09:00"),
    ];

    assert_eq!(told(days(2), KEEP, &story, "2026-11-12 09:00").due, Some(at("2026-11-12 17:00")));
}

#[test]
fn l_29_waiting_for_payment_keeps_the_used_days_even_where_a_supplement_restarts() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Paused, "2026-11-04 10:00"),
        (ClockKind::Resumed, "2026-11-10 15:30"),
    ];

    assert_eq!(told(days(10), RESTART, &story, "2026-11-30 00:00").due, Some(at("2026-11-20 17:00")));
}

#[test]
fn l_40_l_41_an_extension_moves_the_due_date_and_keeps_the_original() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Extended { to: at("2026-11-20 17:00") }, "2026-11-13 09:00"),
    ];

    let extended = told(days(10), KEEP, &story, "2026-11-13 09:00");

    assert_eq!(extended.due, Some(at("2026-11-20 17:00")));
    assert_eq!(extended.original_due, Some(at("2026-11-16 17:00")));
    let rows: Vec<_> = extended.segments.iter().map(|s| (s.rule, s.counted.amount)).collect();
    assert_eq!(rows, [(Rule::WorkingDays, 10), (Rule::Extended, 4)]);
}

#[test]
fn l_40_an_extension_to_a_day_off_rolls_and_one_that_shortens_changes_nothing() {
    let extended = |to| {
        let story = [
            (ClockKind::Started, "2026-11-02 09:00"),
            (ClockKind::Extended { to: at(to) }, "2026-11-13 09:00"),
        ];
        told(days(10), KEEP, &story, "2026-11-13 09:00").due
    };

    assert_eq!(extended("2026-11-24 17:00"), Some(at("2026-11-25 17:00")));
    assert_eq!(extended("2026-11-11 17:00"), Some(at("2026-11-16 17:00")));
}

#[test]
fn l_40_a_pause_after_an_extension_keeps_the_days_added() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Extended { to: at("2026-11-18 17:00") }, "2026-11-03 09:00"),
        (ClockKind::Paused, "2026-11-04 10:00"),
        (ClockKind::Resumed, "2026-11-10 15:30"),
    ];

    let deadline = told(days(10), KEEP, &story, "2026-11-30 00:00");

    assert_eq!(deadline.due, Some(at("2026-11-25 17:00")), "12 days: 2 used, 10 from the 11th");
    let paused = told(days(10), KEEP, &story[..3], "2026-11-05 00:00");
    assert_eq!(paused.left.map(|l| l.amount), Some(10));
}

#[test]
fn l_50_the_deadline_as_of_a_past_moment_ignores_what_came_later() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Paused, "2026-11-04 10:00"),
        (ClockKind::Restarted, "2026-11-10 15:30"),
        (ClockKind::Stopped, "2026-11-19 10:00"),
    ];
    let state = |as_of| told(days(10), RESTART, &story, as_of).state;

    assert_eq!(state("2026-11-01 00:00"), ClockState::NotStarted);
    assert_eq!(state("2026-11-03 00:00"), ClockState::Running);
    assert_eq!(state("2026-11-05 00:00"), ClockState::Paused);
    assert_eq!(state("2026-11-12 00:00"), ClockState::Running);
    assert_eq!(state("2026-11-20 00:00"), ClockState::Stopped);
    assert_eq!(told(days(10), RESTART, &story, "2026-12-01 00:00").due, Some(at("2026-11-25 17:00")));
}

#[test]
fn events_that_do_not_fit_change_nothing() {
    let story = [
        (ClockKind::Paused, "2026-11-01 09:00"),
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Started, "2026-11-03 09:00"),
        (ClockKind::Resumed, "2026-11-03 10:00"),
        (ClockKind::Stopped, "2026-11-04 09:00"),
        (ClockKind::Restarted, "2026-11-05 09:00"),
    ];

    let deadline = told(days(10), RESTART, &story, "2026-11-30 00:00");

    assert_eq!((deadline.due, deadline.state), (Some(at("2026-11-16 17:00")), ClockState::Stopped));
}

#[test]
fn w_10_a_pause_before_the_count_begins_does_not_begin_it_earlier() {
    let events = [
        ClockEvent { seq: 1, kind: ClockKind::Started, at: at("2026-11-02 17:30") },
        ClockEvent { seq: 2, kind: ClockKind::Paused, at: at("2026-11-02 18:00") },
        ClockEvent { seq: 3, kind: ClockKind::Resumed, at: at("2026-11-02 18:05") },
    ];

    let deadline =
        fold(days(1), KEEP, &events, &calendar(), &eight_hours(), Some(16), at("2026-11-03 09:00"));

    assert_eq!(deadline.due, Some(at("2026-11-04 17:00")));
    assert_eq!(deadline.original_due, deadline.due);
}

#[test]
fn an_event_stamped_before_the_one_ahead_of_it_counts_as_that_ones() {
    let hours = limit(8, TimeUnit::WorkingHours);
    let story = [
        (ClockKind::Started, "2026-11-02 08:00"),
        (ClockKind::Paused, "2026-11-02 10:00"),
        (ClockKind::Restarted, "2026-11-02 09:00"),
    ];

    assert_eq!(told(hours, RESTART, &story, "2026-11-02 11:00").due, Some(at("2026-11-03 10:00")));
}

#[test]
fn l_40_an_extension_to_the_due_moment_itself_is_none() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Extended { to: at("2026-11-16 17:00") }, "2026-11-13 09:00"),
    ];

    assert_eq!(told(days(10), KEEP, &story, "2026-11-13 09:00").segments.len(), 1);
}

#[test]
fn clock_kinds_are_read_back_from_their_keys() {
    let extended = ClockKind::Extended { to: at("2026-11-20 17:00") };
    for kind in
        [ClockKind::Started, ClockKind::Paused, ClockKind::Resumed, ClockKind::Restarted, ClockKind::Stopped]
    {
        assert_eq!(ClockKind::from_key(kind.key(), None), Some(kind));
    }

    assert_eq!(ClockKind::from_key("extended", Some(at("2026-11-20 17:00"))), Some(extended));
    assert_eq!(ClockKind::from_key("extended", None), None);
    let event = ClockEvent { seq: 1, kind: extended, at: at("2026-11-13 09:00") };
    let json = serde_json::to_string(&event).unwrap();
    assert_eq!(
        json,
        r#"{"seq":1,"kind":"extended","to":"2026-11-20T10:00:00Z","at":"2026-11-13T02:00:00Z"}"#
    );
    assert_eq!(serde_json::from_str::<ClockEvent>(&json).unwrap(), event);
}

#[test]
fn w_08_limits_keep_their_json_and_know_what_is_sound() {
    let json = serde_json::to_string(&days(10)).unwrap();

    assert_eq!(json, r#"{"amount":10,"unit":"working_days"}"#);
    assert!(days(10).is_sound() && limit(0, TimeUnit::SameDay).is_sound());
    assert!(!days(0).is_sound() && !days(10_001).is_sound() && !limit(1, TimeUnit::AtOnce).is_sound());
}

#[test]
fn no_limit_and_no_moment_is_too_large_to_be_counted() {
    use chrono::{DateTime, Utc};
    let units = [
        TimeUnit::WorkingDays,
        TimeUnit::HalfWorkingDays,
        TimeUnit::CalendarDays,
        TimeUnit::WorkingHours,
        TimeUnit::Months,
        TimeUnit::SameDay,
        TimeUnit::AtOnce,
    ];

    for unit in units {
        for start in [DateTime::<Utc>::MIN_UTC, at("2026-11-02 09:00"), DateTime::<Utc>::MAX_UTC] {
            let span = due(limit(u32::MAX, unit), start, &calendar(), &eight_hours(), Some(255));
            assert!(span.due.timestamp() >= start.timestamp() - 24 * 3600, "{unit:?} {start}");
        }
    }
}

//! The thirteen worked examples of law.md §3.3, by number.

use crate::office::{at, calendar, eight_hours, limit, seven_and_a_half_hours};
use chrono::{DateTime, Utc};
use rules::deadlines::{
    ClockEvent, ClockKind, ClockPolicy, ClockState, CountedUnit, Deadline, Rule, TimeUnit, answer_due,
    apology_by, due, fold, on_time_by_date, on_time_to_the_second, supplement_request_due,
};

fn due_at(amount: u32, unit: TimeUnit, start: &str) -> DateTime<Utc> {
    due(limit(amount, unit), at(start), &calendar(), &eight_hours(), None).due
}

/// Ten working days, with a supplement asked on 4 November and completed on the 10th.
fn supplemented(restart: bool) -> Deadline {
    let events = [
        ClockEvent { seq: 1, kind: ClockKind::Started, at: at("2026-11-02 09:00") },
        ClockEvent { seq: 2, kind: ClockKind::Paused, at: at("2026-11-04 10:00") },
        ClockEvent { seq: 3, kind: ClockKind::Restarted, at: at("2026-11-10 15:30") },
    ];
    let policy = ClockPolicy { restart, legal_basis: "NĐ 61/2018 Đ19.4" };
    let ten = limit(10, TimeUnit::WorkingDays);
    fold(ten, policy, &events, &calendar(), &eight_hours(), None, at("2026-11-30 00:00"))
}

#[test]
fn example_01_w_02_five_working_days_jump_over_tet() {
    assert_eq!(due_at(5, TimeUnit::WorkingDays, "2026-02-13 10:00"), at("2026-02-27 17:00"));
}

#[test]
fn example_02_w_02_three_working_days_jump_over_the_may_holidays() {
    assert_eq!(due_at(3, TimeUnit::WorkingDays, "2026-04-29 16:00"), at("2026-05-06 17:00"));
}

#[test]
fn example_03_w_09_after_three_o_clock_is_strictly_later() {
    let same_day = |start| due_at(0, TimeUnit::SameDay, start);

    assert_eq!(same_day("2026-11-03 14:59"), at("2026-11-03 17:00"));
    assert_eq!(same_day("2026-11-03 15:00"), at("2026-11-03 17:00"));
    assert_eq!(same_day("2026-11-03 15:00:01"), at("2026-11-04 17:00"));
    assert_eq!(same_day("2026-11-03 15:01"), at("2026-11-04 17:00"));
    assert_eq!(same_day("2026-11-07 09:00"), at("2026-11-09 17:00"), "a Saturday");
}

#[test]
fn example_04_w_16_a_worked_saturday_counts() {
    assert_eq!(due_at(3, TimeUnit::WorkingDays, "2025-04-25 09:00"), at("2025-04-29 17:00"));
}

#[test]
fn example_05_l_11_eight_working_hours_follow_the_hours_of_the_unit() {
    let sunday = at("2026-11-22 20:00");

    assert_eq!(answer_due(sunday, None, &calendar(), &eight_hours()).due, at("2026-11-23 17:00"));
    assert_eq!(answer_due(sunday, None, &calendar(), &seven_and_a_half_hours()).due, at("2026-11-25 08:00"));
}

#[test]
fn example_06_w_02_ten_working_days() {
    assert_eq!(due_at(10, TimeUnit::WorkingDays, "2026-11-02 09:00"), at("2026-11-16 17:00"));
}

#[test]
fn example_07_l_25_a_supplement_restarts_the_count() {
    let deadline = supplemented(true);

    assert_eq!(deadline.due, Some(at("2026-11-25 17:00")));
    assert_eq!(deadline.original_due, Some(at("2026-11-16 17:00")));
    let rules: Vec<Rule> = deadline.segments.iter().map(|s| s.rule).collect();
    assert_eq!(rules, [Rule::SetAside, Rule::Waiting, Rule::WorkingDays]);
    assert_eq!(deadline.segments[2].counted.amount, 10);
}

#[test]
fn example_08_l_27_a_pause_keeps_the_days_used() {
    let deadline = supplemented(false);

    assert_eq!(deadline.due, Some(at("2026-11-20 17:00")));
    assert_eq!(deadline.state, ClockState::Running);
    let counted: Vec<u32> = deadline.segments.iter().map(|s| s.counted.amount).collect();
    assert_eq!(counted, [2, 0, 8]);
    assert_eq!(deadline.segments[0].counted.unit, CountedUnit::WorkingDays);
}

#[test]
fn example_09_w_04_calendar_days_end_after_tet() {
    assert_eq!(due_at(15, TimeUnit::CalendarDays, "2026-02-02 09:00"), at("2026-02-23 17:00"));
}

#[test]
fn example_10_w_05_a_month_from_the_31st_ends_on_the_last_day_and_rolls() {
    assert_eq!(due_at(1, TimeUnit::Months, "2026-01-31 09:00"), at("2026-03-02 17:00"));
}

#[test]
fn example_11_l_25_a_supplement_is_asked_within_three_working_days() {
    let span = supplement_request_due(3, at("2025-12-31 09:00"), &calendar(), &eight_hours());

    assert_eq!(span.due, at("2026-01-07 17:00"));
}

#[test]
fn example_12_l_40_an_apology_is_sent_a_day_before_and_earlier_over_days_off() {
    let by = apology_by(at("2026-11-25 17:00"), &calendar(), &eight_hours());

    assert_eq!(by, at("2026-11-23 17:00"));
}

#[test]
fn example_13_on_time_to_the_second_and_by_date_are_two_answers() {
    let (due, finished) = (at("2026-11-25 17:00:00"), at("2026-11-25 17:00:01"));

    assert!(!on_time_to_the_second(due, finished));
    assert!(on_time_by_date(due, finished));
    assert!(on_time_to_the_second(due, due));
    assert!(!on_time_by_date(due, at("2026-11-26 00:00")));
}

//! What will be late: the queue worked off at the pace over the days of the calendar.

use crate::office::{at, calendar, day, eight_hours};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rules::calendar::Calendar;
use rules::forecast::{Forecast, Pace, Queued, Workplace, forecast, measured};
use rules::past::Turn;
use std::sync::LazyLock;
use uuid::Uuid;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);

fn due(number: u128, moment: &str) -> Queued {
    queued(number, Some(at(moment)), Turn::Agency)
}

fn queued(number: u128, due: Option<DateTime<Utc>>, turn: Turn) -> Queued {
    Queued { id: Uuid::from_u128(number), code: format!("H55.101-261102-{number:04}"), due, turn }
}

fn foreseen(queue: &[Queued], pace: (u32, u32), moment: DateTime<Utc>, days: u32) -> Forecast {
    let pace = Pace { decided: pace.0, days: pace.1 };
    forecast(queue, Workplace { calendar: &CALENDAR, hours: &eight_hours(), pace }, moment, days)
}

/// Day of the month, due, finished, late.
fn told(forecast: &Forecast) -> Vec<(String, u32, u32, u32)> {
    let days = forecast.days.iter();
    days.map(|d| (d.date.format("%d/%m").to_string(), d.due, d.finished, d.late)).collect()
}

#[test]
fn the_queue_is_worked_off_the_earliest_due_first() {
    let queue = [
        due(1, "2026-11-03 17:00"),
        due(2, "2026-11-02 17:00"),
        due(3, "2026-11-03 17:00"),
        due(4, "2026-11-03 17:00"),
        due(5, "2026-11-04 17:00"),
        queued(6, None, Turn::Applicant),
    ];

    let forecast = foreseen(&queue, (20, 20), at("2026-11-02 07:00"), 4);

    let days = [("02/11", 1, 1, 0), ("03/11", 3, 1, 2), ("04/11", 1, 1, 1), ("05/11", 0, 1, 0)];
    assert_eq!(told(&forecast), days.map(|(day, due, done, late)| (day.to_owned(), due, done, late)));
    assert_eq!((forecast.queue, forecast.already_late, forecast.with_the_applicant), (5, 0, 1));
    let risks: Vec<_> = forecast.at_risk.iter().map(|risk| (risk.id.as_u128(), risk.expected)).collect();
    let expected = [(3, Some(day("2026-11-04"))), (4, Some(day("2026-11-05"))), (5, None)];
    assert_eq!(risks, expected);
}

#[test]
fn what_is_late_already_takes_its_place_first_and_is_counted_apart() {
    let queue = [due(1, "2026-10-30 17:00"), due(2, "2026-11-02 17:00")];

    let forecast = foreseen(&queue, (20, 20), at("2026-11-02 07:00"), 2);

    assert_eq!(forecast.already_late, 1);
    assert_eq!((forecast.days[0].due, forecast.days[0].finished, forecast.days[0].late), (1, 1, 1));
    assert_eq!(forecast.at_risk[0].id, Uuid::from_u128(2));
}

#[test]
fn today_counts_with_the_hours_that_are_left_of_it() {
    let queue = [due(1, "2026-11-02 17:00"), due(2, "2026-11-02 17:00")];

    let of_the_morning = foreseen(&queue, (40, 20), at("2026-11-02 07:00"), 1);
    let of_the_afternoon = foreseen(&queue, (40, 20), at("2026-11-02 13:00"), 1);
    let of_the_evening = foreseen(&queue, (40, 20), at("2026-11-02 17:00"), 1);

    assert_eq!(told(&of_the_morning), [("02/11".to_owned(), 2, 2, 0)]);
    assert_eq!(told(&of_the_afternoon), [("02/11".to_owned(), 2, 0, 2)], "three hours and a half of eight");
    assert_eq!(of_the_evening.days[0].date, day("2026-11-03"));
}

#[test]
fn w_16_the_days_of_a_forecast_are_those_of_the_calendar() {
    let from_friday = foreseen(&[], (20, 20), at("2026-08-21 08:00"), 4);
    let before_the_holiday = foreseen(&[], (20, 20), at("2026-11-23 18:00"), 1);

    let dates: Vec<_> = from_friday.days.iter().map(|day| day.date).collect();
    assert_eq!(
        dates,
        ["2026-08-21", "2026-08-22", "2026-08-24", "2026-08-25"].map(day),
        "Saturday is worked"
    );
    assert_eq!(before_the_holiday.days[0].date, day("2026-11-25"));
}

#[test]
fn a_pace_is_measured_over_whole_working_days() {
    let over = |today, since, days| {
        measured(&CALENDAR, day(today), day(since), days).map(|m| (m.first, m.last, m.days))
    };

    let after_the_holiday = over("2026-11-25", "2026-01-01", 3);

    assert_eq!(after_the_holiday, Some((day("2026-11-19"), day("2026-11-23"), 3)));
    let young = over("2026-11-25", "2026-11-20", 20);
    assert_eq!(young, Some((day("2026-11-20"), day("2026-11-23"), 2)), "none before the first dossier");
    assert_eq!(over("2026-11-25", "2026-11-24", 20), None);
    assert_eq!(over("2026-11-25", "2026-01-01", 0), None);
}

#[test]
fn a_due_date_on_a_day_off_is_kept_by_the_working_day_before_it() {
    let forecast = foreseen(&[due(1, "2026-11-24 17:00")], (0, 20), at("2026-11-20 08:00"), 3);

    assert_eq!((forecast.days[1].date, forecast.days[1].late), (day("2026-11-23"), 1));
}

#[test]
fn where_no_pace_is_known_nothing_is_expected_to_be_finished() {
    for pace in [(0, 20), (7, 0)] {
        let forecast = foreseen(&[due(1, "2026-11-03 17:00")], pace, at("2026-11-02 07:00"), 5);

        assert_eq!(forecast.at_risk[0].expected, None, "{pace:?}");
    }
}

fn queues() -> impl Strategy<Value = Vec<Queued>> {
    let turn = prop_oneof![4 => Just(Turn::Agency), 1 => Just(Turn::Applicant), 1 => Just(Turn::Handover)];
    let minutes = prop::option::weighted(0.9, -20_000..40_000_i64);
    prop::collection::vec((minutes, turn), 0..60).prop_map(|dossiers| {
        (1..)
            .zip(dossiers)
            .map(|(number, (minutes, turn))| {
                queued(number, minutes.map(|m| at("2026-11-02 07:00") + TimeDelta::minutes(m)), turn)
            })
            .collect()
    })
}

fn late(forecast: &Forecast) -> u32 {
    forecast.days.iter().map(|day| day.late).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_faster_pace_never_makes_more_late(queue in queues(), pace in 0..200_u32, more in 0..200_u32, minutes in 0..20_000_i64, days in 0..30_u32) {
        let moment = at("2026-11-02 00:00") + TimeDelta::minutes(minutes);

        let (slow, fast) = (foreseen(&queue, (pace, 20), moment, days), foreseen(&queue, (pace + more, 20), moment, days));

        prop_assert!(late(&fast) <= late(&slow));
        let of = |forecast: &Forecast| forecast.at_risk.iter().map(|risk| risk.id).collect::<Vec<_>>();
        prop_assert!(of(&fast).iter().all(|id| of(&slow).contains(id)));
    }

    #[test]
    fn nobody_is_counted_twice_and_no_day_off_is_foreseen(queue in queues(), pace in 0..200_u32, minutes in 0..20_000_i64, days in 0..30_u32) {
        let moment = at("2026-11-02 00:00") + TimeDelta::minutes(minutes);

        let forecast = foreseen(&queue, (pace, 20), moment, days);

        let sum = |of: fn(&rules::forecast::Day) -> u32| forecast.days.iter().map(of).sum::<u32>();
        prop_assert!(forecast.already_late + sum(|day| day.due) <= forecast.queue);
        prop_assert!(sum(|day| day.finished) <= forecast.queue);
        prop_assert!(forecast.days.iter().all(|day| day.late <= day.due && CALENDAR.is_working_day(day.date)));
        prop_assert!(forecast.days.windows(2).all(|pair| pair[0].date < pair[1].date));
        prop_assert_eq!(sum(|day| day.late), u32::try_from(forecast.at_risk.len()).unwrap());
        prop_assert_eq!(forecast.days.len(), usize::try_from(days).unwrap());
    }

    #[test]
    fn without_a_pace_everything_is_late_on_its_day(queue in queues(), minutes in 0..20_000_i64) {
        let moment = at("2026-11-02 00:00") + TimeDelta::minutes(minutes);

        let forecast = foreseen(&queue, (0, 20), moment, 15);

        prop_assert!(forecast.days.iter().all(|day| day.late == day.due && day.finished == 0));
    }

    #[test]
    fn the_order_in_which_the_queue_is_told_does_not_matter(queue in queues(), pace in 0..200_u32) {
        let turned: Vec<_> = queue.iter().rev().cloned().collect();
        let moment = at("2026-11-02 09:00");

        prop_assert_eq!(foreseen(&queue, (pace, 20), moment, 15), foreseen(&turned, (pace, 20), moment, 15));
    }
}

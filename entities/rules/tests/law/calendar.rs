//! W-12..W-17: which days are worked.

use crate::office::{calendar, day, eight_hours, file, marked, session, seven_and_a_half_hours, wall};
use chrono::{Datelike, TimeDelta};
use rules::calendar::{Calendar, CalendarFile, CalendarProblem};
use rules::lang::Lang;
use rules::local_time::{instant, local, local_date};
use rules::office_hours::{OfficeHours, OfficeHoursProblem};

#[test]
fn w_13_w_16_working_days_of_the_years_are_251_250_249_249() {
    let calendar = calendar();

    let counts = [2024, 2025, 2026, 2027]
        .map(|year| calendar.count(day(&format!("{year}-01-01")), day(&format!("{year}-12-31"))));

    assert_eq!(counts, [251, 250, 249, 249]);
}

#[test]
fn w_16_a_swapped_saturday_is_worked_and_its_friday_is_not() {
    let calendar = calendar();

    assert!(calendar.is_working_day(day("2026-01-10")));
    assert!(!calendar.is_working_day(day("2026-01-02")));
    assert_eq!(calendar.next_working_day(day("2026-01-09")), day("2026-01-10"));
}

#[test]
fn w_17_a_day_off_says_why_and_by_which_document() {
    let calendar = calendar();

    let holiday = calendar.why_not(day("2026-11-24")).unwrap();
    assert_eq!(holiday.words(Lang::Vi), "Ngày Văn hóa Việt Nam");
    assert_eq!(holiday.document.as_deref(), Some("CV 1/VPCP"));
    assert_eq!(calendar.why_not(day("2026-11-22")).unwrap().words(Lang::Vi), "Chủ nhật");
    assert_eq!(calendar.why_not(day("2026-11-21")).unwrap().words(Lang::En), "Saturday");
    assert_eq!(calendar.why_not(day("2026-11-23")), None);
    assert!(calendar.covers(day("2027-12-31")) && !calendar.covers(day("2028-01-01")));
}

#[test]
fn w_17_a_calendar_file_is_read_back_as_it_was_written() {
    let json = serde_json::to_string(&file()).unwrap();

    assert_eq!(serde_json::from_str::<CalendarFile>(&json).unwrap(), file());
    assert!(serde_json::from_str::<CalendarFile>(&json.replace("\"off\"", "\"rest\"")).is_err());
}

#[test]
fn w_17_a_wrong_calendar_file_is_refused_with_every_problem() {
    let mut wrong = file();
    wrong.off.push(marked(day("2023-12-25"), "Noel"));
    wrong.off.push(marked(day("2026-11-24"), " "));
    wrong.work.push(marked(day("2026-11-25"), "Làm bù"));

    let problems = Calendar::from_file(&wrong).unwrap_err();

    let expected = [
        CalendarProblem::OutsideValidity(day("2023-12-25")),
        CalendarProblem::ListedTwice(day("2026-11-24")),
        CalendarProblem::Unexplained(day("2026-11-24")),
        CalendarProblem::AlreadyWorked(day("2026-11-25")),
    ];
    assert_eq!(problems, expected);
    assert_eq!(problems[3].words(Lang::Vi), "Ngày 25/11/2026 vốn đã là ngày làm việc.");
    wrong.valid_to = day("2020-01-01");
    assert_eq!(wrong.problems()[0], CalendarProblem::EndsBeforeItBegins);
}

#[test]
fn w_12_a_saturday_desk_is_open_on_a_day_that_does_not_count() {
    let (calendar, hours) = (calendar(), seven_and_a_half_hours());

    assert!(hours.desk_is_open(wall("2026-11-21 08:00"), &calendar));
    assert!(!calendar.is_working_day(day("2026-11-21")));
    assert!(!hours.desk_is_open(wall("2026-11-21 14:00"), &calendar));
    assert!(!hours.desk_is_open(wall("2026-02-14 08:00"), &calendar), "not on the Saturday of Tết");
    assert!(!hours.desk_is_open(wall("2026-11-24 08:00"), &calendar));
    assert!(hours.desk_is_open(wall("2026-11-23 16:59"), &calendar));
    assert!(!hours.desk_is_open(wall("2026-11-23 17:00"), &calendar));
    assert!(!eight_hours().desk_is_open(wall("2026-11-21 08:00"), &calendar));
}

#[test]
fn w_03_working_time_walks_through_sessions_and_over_days_off() {
    let (calendar, hours) = (calendar(), eight_hours());
    let start = wall("2026-11-23 11:00");

    let end = hours.advance(start, TimeDelta::hours(5), &calendar);

    assert_eq!(end, wall("2026-11-25 08:00"));
    assert_eq!(hours.worked(start, end, &calendar), TimeDelta::hours(5));
    assert_eq!(hours.worked(end, start, &calendar), TimeDelta::zero());
}

#[test]
fn w_11_office_hours_are_refused_when_empty_or_out_of_order() {
    let (early, late) = (session("07:00", "11:30"), session("11:00", "17:00"));

    assert_eq!(OfficeHours::new(&[], &[]), Err(OfficeHoursProblem::NoSession));
    assert_eq!(OfficeHours::new(&[early, late], &[]), Err(OfficeHoursProblem::OutOfOrder));
    assert_eq!(OfficeHours::new(&[session("17:00", "07:00")], &[]), Err(OfficeHoursProblem::OutOfOrder));
    let json = serde_json::to_string(&seven_and_a_half_hours()).unwrap();
    assert_eq!(serde_json::from_str::<OfficeHours>(&json).unwrap(), seven_and_a_half_hours());
    assert!(serde_json::from_str::<OfficeHours>(r#"{"sessions": []}"#).is_err());
}

#[test]
fn w_01_the_legal_day_is_that_of_ha_noi() {
    let utc = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();

    assert_eq!(local_date(utc("2026-11-22T16:59:59Z")), day("2026-11-22"));
    assert_eq!(local_date(utc("2026-11-22T17:00:00Z")), day("2026-11-23"));
    assert_eq!(local(utc("2026-11-22T17:00:00.999Z")), wall("2026-11-23 00:00"));
    assert_eq!(instant(wall("2026-11-23 00:00")), utc("2026-11-22T17:00:00Z"));
}

#[test]
fn w_14_a_holiday_on_a_rest_day_is_made_up_for_on_the_next_working_day() {
    let calendar = calendar();

    for (holiday, instead) in [("2026-04-26", "2026-04-27"), ("2027-05-01", "2027-05-03")] {
        let holiday = day(holiday);

        assert!(matches!(holiday.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun));
        assert!(!calendar.is_working_day(day(instead)), "{instead}");
        assert!(calendar.is_marked_off(day(instead)));
    }
}

#[test]
fn w_15_the_24th_of_november_is_a_holiday_from_2026_on() {
    let calendar = calendar();

    let worked = ["2025-11-24", "2026-11-24", "2027-11-24"].map(|date| calendar.is_working_day(day(date)));

    assert_eq!(worked, [true, false, false]);
    assert!(calendar.is_working_day(day("2026-11-23")), "the bridge was not adopted");
    assert!(!calendar.is_working_day(day("2026-11-28")), "nor the Saturday for it");
}

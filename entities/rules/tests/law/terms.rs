//! W-17: what a clock counts under, kept; and what another calendar makes of the same events.

use crate::office::{at, calendar, day, eight_hours, file, limit, marked, seven_and_a_half_hours};
use rules::calendar::{Calendar, CalendarProblem};
use rules::deadlines::{
    ClockEvent, ClockKind, ClockPolicy, ClockState, Deadline, Terms, TimeUnit, apology_by, fold,
};
use rules::lang::Lang;
use rules::regime::in_force;

/// The calendar with Thursday 12 November 2026 closed for a storm.
fn stormy() -> Calendar {
    let mut stormy = file();
    stormy.version = 2;
    stormy.off.push(marked(day("2026-11-12"), "Bão"));
    Calendar::from_file(&stormy).unwrap()
}

fn counted(story: &[(ClockKind, &str)], calendar: &Calendar, as_of: &str) -> Deadline {
    let events: Vec<ClockEvent> = (1..)
        .zip(story)
        .map(|(seq, (kind, moment))| ClockEvent { seq, kind: *kind, at: at(moment) })
        .collect();
    let policy = ClockPolicy { restart: false, legal_basis: "Luật X Đ1" };
    fold(limit(10, TimeUnit::WorkingDays), policy, &events, calendar, &eight_hours(), None, at(as_of))
}

#[test]
fn w_17_terms_are_read_back_as_they_were_kept() {
    let supplement = in_force(day("2026-11-02")).supplement.policy();
    let terms = Terms { calendar: 3, hours: seven_and_a_half_hours(), cutoff_hour: Some(16), supplement };

    let json = serde_json::to_string(&terms).unwrap();

    assert_eq!(serde_json::from_str::<Terms>(&json).unwrap(), terms);
    let plain = Terms { cutoff_hour: None, ..terms };
    let json = serde_json::to_string(&plain).unwrap();
    assert!(!json.contains("\"cutoff_hour\":null"), "{json}");
    assert_eq!(serde_json::from_str::<Terms>(&json).unwrap(), plain);
    assert!(serde_json::from_str::<Terms>(&json.replace("calendar", "lịch")).is_err());
}

#[test]
fn w_17_a_recomputation_counts_the_same_events_under_another_calendar() {
    let story = [(ClockKind::Started, "2026-11-02 09:00"), (ClockKind::Recomputed, "2026-11-11 10:00")];

    let old = counted(&story, &calendar(), "2026-11-11 10:00");
    let new = counted(&story, &stormy(), "2026-11-11 10:00");

    assert_eq!((old.due, new.due), (Some(at("2026-11-16 17:00")), Some(at("2026-11-17 17:00"))));
    assert_eq!((old.state, new.state), (ClockState::Running, ClockState::Running));
    let skipped: Vec<_> = new.segments[0].skipped.iter().map(|skipped| skipped.date).collect();
    assert!(skipped.contains(&day("2026-11-12")));
    let apology =
        |found: &Deadline, calendar: &Calendar| apology_by(found.due.unwrap(), calendar, &eight_hours());
    assert_eq!(apology(&old, &calendar()), at("2026-11-13 17:00"));
    assert_eq!(apology(&new, &stormy()), at("2026-11-16 17:00"));
}

#[test]
fn w_17_a_recomputation_is_no_event_of_its_own() {
    let story = [
        (ClockKind::Started, "2026-11-02 09:00"),
        (ClockKind::Paused, "2026-11-04 10:00"),
        (ClockKind::Recomputed, "2026-11-05 10:00"),
        (ClockKind::Resumed, "2026-11-10 15:30"),
    ];
    let without: Vec<_> = story.iter().copied().filter(|(kind, _)| *kind != ClockKind::Recomputed).collect();

    assert_eq!(
        counted(&story, &calendar(), "2026-11-30 00:00"),
        counted(&without, &calendar(), "2026-11-30 00:00")
    );
    assert_eq!(counted(&story, &stormy(), "2026-11-30 00:00").due, Some(at("2026-11-23 17:00")));
}

#[test]
fn w_17_a_date_promised_with_an_apology_stays_when_it_is_worked() {
    let promised = (ClockKind::Extended { to: at("2026-11-20 12:00") }, "2026-11-13 09:00");
    let story = [(ClockKind::Started, "2026-11-02 09:00"), promised];

    let (old, new) =
        (counted(&story, &calendar(), "2026-11-13 09:00"), counted(&story, &stormy(), "2026-11-13 09:00"));

    assert_eq!((old.due, new.due), (Some(at("2026-11-20 17:00")), Some(at("2026-11-20 17:00"))));
}

#[test]
fn w_17_two_calendars_differ_only_from_a_day_on() {
    let (plain, stormy) = (calendar(), stormy());

    assert!(stormy.differs(&plain, day("2026-11-12")) && plain.differs(&stormy, day("2026-01-01")));
    assert!(!stormy.differs(&plain, day("2026-11-13")));
    let mut worked = file();
    worked.off.push(marked(day("2026-11-14"), "Nghỉ"));
    let weekend = Calendar::from_file(&worked).unwrap();
    assert!(!weekend.differs(&plain, day("2026-01-01")), "a Saturday off is off anyway");
}

#[test]
fn w_13_the_years_of_a_calendar_and_the_documents_of_a_stretch_are_told() {
    let calendar = calendar();

    assert_eq!(calendar.years(), [(2024, 251), (2025, 250), (2026, 249), (2027, 249)]);
    let documents = calendar.documents(day("2026-11-20"), day("2026-11-30"));
    assert_eq!(documents.into_iter().collect::<Vec<_>>(), ["CV 1/VPCP"]);
    assert!(calendar.documents(day("2026-11-01"), day("2026-11-20")).is_empty());
}

#[test]
fn w_17_each_problem_of_a_file_points_to_its_row() {
    let mut wrong = file();
    let (off, work) = (wrong.off.len(), wrong.work.len());
    wrong.off.push(marked(day("2026-11-24"), " "));
    wrong.work.push(marked(day("2026-11-25"), "Làm bù"));

    let pointers: Vec<_> = wrong.problems().iter().map(|p| (p.code(), wrong.pointer(p))).collect();

    let expected = [
        ("day_listed_twice", format!("/off/{off}")),
        ("day_unexplained", format!("/off/{off}")),
        ("day_already_worked", format!("/work/{work}")),
    ];
    assert_eq!(pointers, expected);
    assert_eq!(wrong.pointer(&CalendarProblem::EndsBeforeItBegins), "/valid_to");
}

#[test]
fn the_clock_says_in_a_sentence_where_it_stands() {
    let story = [(ClockKind::Started, "2026-11-02 09:00"), (ClockKind::Paused, "2026-11-04 10:00")];
    let words = |events: usize, as_of, lang| counted(&story[..events], &calendar(), as_of).words(lang);

    assert_eq!(words(0, "2026-11-02 10:00", Lang::Vi), "Thời hạn chưa bắt đầu tính.");
    assert_eq!(words(1, "2026-11-02 10:00", Lang::Vi), "Hẹn trả kết quả lúc 17:00 ngày 16/11/2026.");
    assert_eq!(words(1, "2026-11-02 10:00", Lang::En), "The result is due at 17:00 on 16 Nov 2026.");
    assert_eq!(
        words(2, "2026-11-05 10:00", Lang::Vi),
        "Đang chờ người nộp hồ sơ nên chưa có ngày hẹn; còn 8 ngày làm việc."
    );
}

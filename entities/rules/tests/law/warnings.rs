//! Warnings: each kind with days off around it, and what holds for all of them at any moment.

use crate::office::{at, calendar, day, eight_hours, seven_and_a_half_hours};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rules::calendar::Calendar;
use rules::deadlines::{TimeLimit, TimeUnit, apology_by};
use rules::local_time::{instant, local_date};
use rules::office_hours::OfficeHours;
use rules::status::Status;
use rules::warnings::{
    Asked, Audience, Consulted, Facts, Undelivered, Warning, WarningKind, WarningTerms, due, next, picture,
};
use std::{collections::BTreeSet, sync::LazyLock};
use uuid::Uuid;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);
static HOURS: LazyLock<OfficeHours> = LazyLock::new(eight_hours);

fn submitted() -> Facts<'static> {
    Facts {
        code: "H55.101-261102-0001",
        status: Status::Submitted,
        agency_has_turn: true,
        answer_due: Some(at("2026-11-03 09:00")),
        unpaid_before: false,
        received_at: None,
        due: None,
        apology_by: None,
        may_extend: true,
        asked: None,
        consulted: Vec::new(),
        decided_at: None,
        fetched_at_desk: true,
        undelivered: None,
        back_from_post: None,
        not_carried: None,
        terms: WarningTerms::default(),
    }
}

/// Received that day, due when the office closes on a day.
fn processing(due_day: &str) -> Facts<'static> {
    let due = instant(HOURS.closes(day(due_day)));
    Facts {
        status: Status::Processing,
        received_at: Some(at("2026-11-02 10:00")),
        due: Some(due),
        apology_by: Some(apology_by(due, &CALENDAR, &HOURS)),
        ..submitted()
    }
}

fn decided(moment: &str) -> Facts<'static> {
    let open = processing("2026-11-25");
    Facts { status: Status::Decided, agency_has_turn: false, decided_at: Some(at(moment)), ..open }
}

fn kinds(facts: &Facts<'_>, moment: DateTime<Utc>) -> Vec<WarningKind> {
    due(facts, moment, &CALENDAR, &HOURS).into_iter().map(|warning| warning.kind).collect()
}

/// The first moment, to the second, at which a kind is due, looking from `from` as the sweep does.
fn begins(facts: &Facts<'_>, kind: WarningKind, from: &str) -> Option<DateTime<Utc>> {
    let mut moment = at(from);
    while !kinds(facts, moment).contains(&kind) {
        moment = next(facts, moment, &CALENDAR, &HOURS)?;
    }
    Some(moment)
}

#[test]
fn due_soon_is_said_when_the_last_working_day_before_the_due_day_opens() {
    for (due_day, expected) in [
        ("2026-11-18", "2026-11-17 07:00"),
        ("2026-11-16", "2026-11-13 07:00"),
        ("2026-11-25", "2026-11-23 07:00"),
        ("2026-09-03", "2026-08-28 07:00"),
        ("2026-02-23", "2026-02-13 07:00"),
    ] {
        let facts = Facts { received_at: Some(at("2026-01-05 10:00")), ..processing(due_day) };

        assert_eq!(begins(&facts, WarningKind::DueSoon, "2026-01-05 10:00"), Some(at(expected)), "{due_day}");
    }
}

#[test]
fn a_procedure_may_say_earlier_that_something_is_due_soon() {
    let terms = WarningTerms { due_soon_days: 3, ..WarningTerms::default() };
    let facts = Facts { terms, ..processing("2026-11-25") };

    assert_eq!(begins(&facts, WarningKind::DueSoon, "2026-11-02 10:00"), Some(at("2026-11-19 07:00")));
}

#[test]
fn a_limit_no_longer_than_the_notice_needs_none() {
    let same_day = Facts { received_at: Some(at("2026-11-02 10:00")), ..processing("2026-11-02") };
    let next_day = Facts { received_at: Some(at("2026-11-02 10:00")), ..processing("2026-11-03") };

    for facts in [same_day, next_day] {
        assert_eq!(kinds(&facts, at("2026-11-02 10:00")), []);
        assert_eq!(kinds(&facts, at("2026-11-04 08:00")), [WarningKind::Late]);
    }
}

#[test]
fn l_40_the_apology_is_asked_for_on_the_last_day_it_may_be_sent() {
    for (due_day, expected) in [
        ("2026-11-18", "2026-11-17 07:00"),
        ("2026-11-16", "2026-11-13 07:00"),
        ("2026-11-25", "2026-11-23 07:00"),
        ("2026-09-03", "2026-08-28 07:00"),
    ] {
        let facts = Facts { received_at: Some(at("2026-01-05 10:00")), ..processing(due_day) };

        let begins = begins(&facts, WarningKind::ApologyDue, "2026-01-05 10:00");
        assert_eq!(begins, Some(at(expected)), "{due_day}");
    }
}

#[test]
fn l_40_worked_example_12_monday_is_the_last_day_because_tuesday_is_a_holiday() {
    let facts = processing("2026-11-25");

    assert_eq!(facts.apology_by, Some(at("2026-11-23 17:00")));
    let asked = |moment| kinds(&facts, at(moment)).contains(&WarningKind::ApologyDue);
    assert!(!asked("2026-11-22 12:00") && asked("2026-11-23 07:00") && asked("2026-11-23 17:00"));
    assert!(!asked("2026-11-23 17:00:01") && !asked("2026-11-24 08:00") && !asked("2026-11-25 08:00"));
}

#[test]
fn l_42_who_has_used_the_extension_is_not_asked_for_an_apology() {
    let facts = Facts { may_extend: false, ..processing("2026-11-25") };

    assert_eq!(kinds(&facts, at("2026-11-23 08:00")), [WarningKind::DueSoon]);
}

#[test]
fn late_is_said_after_the_due_moment_and_not_at_it() {
    let facts = processing("2026-11-25");

    assert_eq!(kinds(&facts, at("2026-11-25 17:00")), [WarningKind::DueSoon]);
    assert_eq!(kinds(&facts, at("2026-11-25 17:00:01")), [WarningKind::Late]);
    assert_eq!(kinds(&facts, at("2027-03-01 08:00")), [WarningKind::Late]);
}

#[test]
fn nothing_is_late_while_the_clock_stands_or_after_the_result() {
    let late = processing("2026-11-04");
    let paused = Facts { status: Status::AwaitingPayment, agency_has_turn: false, due: None, ..late.clone() };
    let over = [Status::Decided, Status::Returned, Status::Stopped, Status::Withdrawn, Status::Refused];

    assert_eq!(kinds(&paused, at("2026-11-10 08:00")), []);
    for status in over {
        assert_eq!(kinds(&Facts { status, ..late.clone() }, at("2026-11-10 08:00")), [], "{status:?}");
    }
}

#[test]
fn l_11_an_answer_is_late_once_eight_working_hours_have_passed() {
    let facts = submitted();

    assert_eq!(kinds(&facts, at("2026-11-03 09:00")), []);
    assert_eq!(kinds(&facts, at("2026-11-03 09:00:01")), [WarningKind::AnswerLate]);
    let received = Facts { received_at: Some(at("2026-11-03 08:00")), status: Status::Received, ..facts };
    assert_eq!(kinds(&received, at("2026-11-04 09:00")), []);
}

#[test]
fn l_12_no_answer_is_late_while_the_fee_before_reception_is_unpaid() {
    let facts = Facts { unpaid_before: true, ..submitted() };

    assert_eq!(kinds(&facts, at("2026-11-20 09:00")), []);
}

#[test]
fn a_paper_dossier_has_no_eight_hours_and_one_sent_back_has_none_while_the_person_has_the_turn() {
    let paper = Facts { answer_due: None, ..submitted() };
    let asked = Facts { status: Status::AwaitingSupplement, agency_has_turn: false, ..submitted() };
    let answered = Facts { status: Status::AwaitingSupplement, agency_has_turn: true, ..submitted() };

    assert_eq!(kinds(&paper, at("2026-11-20 09:00")), []);
    assert_eq!(kinds(&asked, at("2026-11-20 09:00")), []);
    assert_eq!(kinds(&answered, at("2026-11-20 09:00")), [WarningKind::AnswerLate]);
}

#[test]
fn somebody_asked_for_papers_is_reminded_after_ten_days_on_a_working_day() {
    for (asked, expected) in [
        ("2026-11-02 10:00", "2026-11-12 07:00"),
        ("2026-11-04 23:00", "2026-11-16 07:00"),
        ("2026-11-14 09:00", "2026-11-25 07:00"),
        ("2026-02-06 16:00", "2026-02-23 07:00"),
    ] {
        let asked = Asked { round: 2, at: at(asked) };
        let facts = Facts {
            status: Status::AwaitingSupplement,
            agency_has_turn: false,
            due: None,
            asked: Some(asked),
            ..processing("2026-11-25")
        };

        let begins = begins(&facts, WarningKind::SupplementUnanswered, "2026-01-05 08:00");
        assert_eq!(begins, Some(at(expected)));
        let warnings = due(&facts, at("2026-12-30 08:00"), &CALENDAR, &HOURS);
        assert_eq!(warnings[0].occasion, "round-2");
    }
}

#[test]
fn l_46_a_result_at_the_desk_is_called_for_after_five_working_days() {
    let facts = decided("2026-11-17 15:00");

    assert_eq!(
        begins(&facts, WarningKind::ResultUnfetched, "2026-11-17 15:00"),
        Some(at("2026-11-25 07:00"))
    );
    let carried = Facts { fetched_at_desk: false, ..facts };
    assert_eq!(kinds(&carried, at("2026-12-30 08:00")), []);
}

#[test]
fn l_49_the_second_invitation_comes_two_working_days_after_the_first() {
    let vain = |attempts, moment: &str| {
        let undelivered = Some(Undelivered { shipment: Uuid::nil(), attempts, at: at(moment) });
        Facts { fetched_at_desk: false, undelivered, ..decided("2026-11-17 15:00") }
    };

    let second = begins(&vain(1, "2026-11-20 09:00"), WarningKind::SecondInvitation, "2026-11-20 09:00");
    let back = begins(&vain(2, "2026-11-25 09:00"), WarningKind::PostGivesBack, "2026-11-25 09:00");

    assert_eq!(second, Some(at("2026-11-25 07:00")), "the 24th is a holiday");
    assert_eq!(back, Some(at("2026-11-27 07:00")));
}

#[test]
fn l_30_a_late_opinion_is_told_to_the_head_of_the_desk_and_stops_nothing() {
    let asked = Consulted { id: Uuid::from_u128(7), due: at("2026-11-10 17:00") };
    let facts = Facts { consulted: vec![asked], ..processing("2026-11-25") };

    let warnings = due(&facts, at("2026-11-11 07:00"), &CALENDAR, &HOURS);

    assert_eq!(kinds(&facts, at("2026-11-10 17:00")), []);
    assert_eq!(warnings.iter().map(|w| w.kind).collect::<Vec<_>>(), [WarningKind::ConsultationLate]);
    assert_eq!(warnings[0].occasion, Uuid::from_u128(7).to_string());
    assert_eq!(WarningKind::ConsultationLate.audiences(), [Audience::DeskHeads]);
    assert_eq!(kinds(&facts, at("2026-11-26 07:00")), [WarningKind::Late, WarningKind::ConsultationLate]);
}

#[test]
fn a_warning_says_code_and_dates_in_both_languages() {
    let warnings = due(&processing("2026-11-25"), at("2026-11-23 08:00"), &CALENDAR, &HOURS);

    assert_eq!(
        warnings[0].vi,
        "Hồ sơ H55.101-261102-0001 sắp đến hạn trả kết quả: 17 giờ 00 phút, ngày 25/11/2026."
    );
    assert_eq!(
        warnings[1].en,
        "The result of dossier H55.101-261102-0001 is due at 17:00 on 25 November 2026 (Hà Nội time). If it will be \
         late, the apology with a new date must go out by 17:00 on 23 November 2026 (Hà Nội time); the date may be \
         put off only once."
    );
}

#[test]
fn every_kind_is_told_to_somebody_for_a_reason_and_stands_in_the_table() {
    let table = picture();
    for kind in WarningKind::ALL {
        assert!(!kind.audiences().is_empty() && !kind.legal().is_empty(), "{}", kind.key());
        assert!(table.contains(&format!("| `{}` |", kind.key())), "{table}");
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.key());
    }
    for audience in Audience::ALL {
        assert_eq!(serde_json::to_value(audience).unwrap(), audience.key());
    }
}

fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    (0..2 * 365 * 86_400_i64).prop_map(|s| at("2025-03-01 00:00") + TimeDelta::seconds(s))
}

fn dossiers() -> impl Strategy<Value = Facts<'static>> {
    let limit = (0..40_u32, any::<bool>());
    let beside = (0..4_u16, 0..60 * 86_400_i64, any::<bool>(), 0..8_usize);
    (moments(), limit, beside).prop_map(|(start, (days, may_extend), (times, later, flag, status))| {
        let limit = TimeLimit { amount: days + 1, unit: TimeUnit::WorkingDays };
        let due = rules::deadlines::due(limit, start, &CALENDAR, &HOURS, None).due;
        let later = start + TimeDelta::seconds(later);
        let status = [
            Status::Submitted,
            Status::Received,
            Status::Processing,
            Status::AwaitingSupplement,
            Status::AwaitingPayment,
            Status::Decided,
            Status::Returned,
            Status::Stopped,
        ][status];
        Facts {
            code: "H55.101-250301-0001",
            status,
            agency_has_turn: flag,
            answer_due: Some(start),
            unpaid_before: times == 3,
            received_at: (status != Status::Submitted).then_some(start),
            due: Some(due),
            apology_by: Some(apology_by(due, &CALENDAR, &HOURS)),
            may_extend,
            asked: Some(Asked { round: times, at: later }),
            consulted: vec![Consulted { id: Uuid::from_u128(1), due: later }],
            decided_at: Some(later),
            fetched_at_desk: flag,
            undelivered: Some(Undelivered { shipment: Uuid::nil(), attempts: times, at: later }),
            back_from_post: flag.then_some(later),
            not_carried: None,
            terms: WarningTerms {
                due_soon_days: 1 + u8::try_from(times).unwrap(),
                ..WarningTerms::default()
            },
        }
    })
}

fn ten_thousand() -> ProptestConfig {
    ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() }
}

fn names(warnings: &[Warning]) -> BTreeSet<(WarningKind, String)> {
    warnings.iter().map(|warning| (warning.kind, warning.occasion.clone())).collect()
}

proptest! {
    #![proptest_config(ten_thousand())]

    #[test]
    fn nothing_is_due_twice_for_one_occasion(facts in dossiers(), moment in moments()) {
        let warnings = due(&facts, moment, &CALENDAR, &HOURS);

        prop_assert_eq!(names(&warnings).len(), warnings.len());
    }

    #[test]
    fn l_40_an_apology_is_asked_for_on_a_working_day_and_never_too_late(facts in dossiers(), moment in moments()) {
        if kinds(&facts, moment).contains(&WarningKind::ApologyDue) {
            prop_assert!(CALENDAR.is_working_day(local_date(moment)));
            prop_assert!(moment <= facts.apology_by.unwrap());
            prop_assert!(facts.may_extend);
        }
    }

    #[test]
    fn time_alone_takes_no_warning_away(facts in dossiers(), moment in moments(), further in 0..90 * 86_400_i64) {
        let then = moment + TimeDelta::seconds(further);
        let (before, after) = (due(&facts, moment, &CALENDAR, &HOURS), due(&facts, then, &CALENDAR, &HOURS));

        for (kind, occasion) in names(&before).difference(&names(&after)) {
            match kind {
                WarningKind::DueSoon => prop_assert!(kinds(&facts, then).contains(&WarningKind::Late)),
                WarningKind::ApologyDue => prop_assert!(then > facts.apology_by.unwrap()),
                other => prop_assert!(false, "{other:?} {occasion} is gone"),
            }
        }
    }

    /// Looking only at the moments that `next` names misses nothing.
    #[test]
    fn between_two_looks_nothing_becomes_due(facts in dossiers(), moment in moments(), share in 0..1_000_i64) {
        let now = names(&due(&facts, moment, &CALENDAR, &HOURS));
        let until = next(&facts, moment, &CALENDAR, &HOURS).unwrap_or(moment + TimeDelta::days(400));
        let seconds = (until - moment).num_seconds();
        let between = moment + TimeDelta::seconds(seconds * share / 1_000);
        let then = names(&due(&facts, between.min(until - TimeDelta::seconds(1)).max(moment), &CALENDAR, &HOURS));

        prop_assert!(then.is_subset(&now), "{then:?} was not due before: {now:?}");
        let named = next(&facts, moment, &CALENDAR, &HOURS);
        prop_assert!(named.is_none_or(|at| !names(&due(&facts, at, &CALENDAR, &HOURS)).is_subset(&now)));
    }

    /// Only that the post brought a result back is said within the day, while somebody is there.
    #[test]
    fn reminders_begin_when_the_office_opens(facts in dossiers(), moment in moments()) {
        let hours = seven_and_a_half_hours();
        if let Some(at) = next(&facts, moment, &CALENDAR, &hours) {
            let begun = due(&facts, at, &CALENDAR, &hours);
            let before = names(&due(&facts, at - TimeDelta::seconds(1), &CALENDAR, &hours));
            let late = [WarningKind::AnswerLate, WarningKind::Late, WarningKind::ConsultationLate];
            for warning in begun.iter().filter(|w| !late.contains(&w.kind)) {
                if !before.contains(&(warning.kind, warning.occasion.clone())) {
                    let (opens, closes) = (hours.opens(local_date(at)), hours.closes(local_date(at)));
                    let back = warning.kind == WarningKind::ResultUnfetched && facts.back_from_post == Some(at);
                    let within = instant(opens) <= at && at <= instant(closes);
                    prop_assert!(at == instant(opens) || (back && within), "{:?}", warning.kind);
                    prop_assert!(CALENDAR.is_working_day(local_date(at)), "{:?}", warning.kind);
                }
            }
        }
    }
}

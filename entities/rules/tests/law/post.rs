//! How long public post may take, and how often it invites.

use crate::office::{calendar, day, eight_hours};
use chrono::{DateTime, TimeDelta, Utc};
use rules::post::{Way, invitations, promised};
use rules::status::Status;
use rules::warnings::{Audience, Facts, Undelivered, Warning, WarningKind, WarningTerms, due};
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}T03:00:00Z").parse().unwrap()
}

#[test]
fn b_05_a_parcel_is_promised_for_j_plus_n_working_days() {
    let friday = day("2026-11-06");

    let promised = |way| promised(friday, way, &calendar()).to_string();

    assert_eq!(promised(Way::InsideDistrict), "2026-11-09");
    assert_eq!(promised(Way::InsideProvince), "2026-11-10");
    assert_eq!(promised(Way::BetweenBigCities), "2026-11-11");
    assert_eq!(promised(Way::OtherProvince), "2026-11-12");
}

#[test]
fn b_05_nothing_is_promised_between_places_that_are_not_known() {
    assert_eq!(Way::between(Some("19"), Some("19")), Some(Way::InsideProvince));
    assert_eq!(Way::between(Some("19"), Some("01")), Some(Way::OtherProvince));
    assert_eq!(Way::between(Some("19"), None), None);
}

#[test]
fn b_04_two_invitations_are_two_working_days_apart() {
    let counted =
        |days: &[&str]| invitations(&days.iter().map(|day| at(day)).collect::<Vec<_>>(), &calendar()).len();

    assert_eq!(counted(&[]), 0);
    assert_eq!(counted(&["2026-11-10", "2026-11-11"]), 1);
    assert_eq!(counted(&["2026-11-10", "2026-11-12"]), 2);
    assert_eq!(counted(&["2026-11-06", "2026-11-09"]), 1, "a week-end is not two working days");
    assert_eq!(counted(&["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-16"]), 3);
}

/// A result that went home by post.
fn sent() -> Facts<'static> {
    Facts {
        code: "H55.101-261102-0001",
        status: Status::Decided,
        agency_has_turn: false,
        answer_due: None,
        unpaid_before: false,
        received_at: Some(at("2026-11-10")),
        due: None,
        apology_by: None,
        may_extend: false,
        asked: None,
        consulted: Vec::new(),
        decided_at: Some(at("2026-11-17")),
        fetched_at_desk: false,
        undelivered: None,
        back_from_post: None,
        not_carried: None,
        terms: WarningTerms::default(),
    }
}

fn said(facts: &Facts<'_>, on: &str) -> Vec<Warning> {
    due(facts, at(on), &calendar(), &eight_hours())
}

#[test]
fn b_04_a_second_parcel_is_another_occasion() {
    let vain = |shipment| {
        let shipment = Uuid::from_u128(shipment);
        Facts { undelivered: Some(Undelivered { shipment, attempts: 1, at: at("2026-11-20") }), ..sent() }
    };

    let (first, second) = (said(&vain(1), "2026-12-01"), said(&vain(2), "2026-12-01"));

    assert_eq!((first.len(), first[0].kind), (1, WarningKind::SecondInvitation));
    assert_ne!(first[0].occasion, second[0].occasion);
}

#[test]
fn b_03_of_a_carriage_that_ended_early_the_person_and_the_desk_are_told() {
    let off = Facts { not_carried: Some(at("2026-11-27")), ..sent() };

    let told = said(&off, "2026-11-27");

    assert_eq!((told.len(), told[0].kind), (1, WarningKind::NotCarried));
    assert_eq!(told[0].kind.audiences(), [Audience::Applicant, Audience::Desk]);
    assert!(said(&Facts { status: Status::Returned, ..off }, "2026-11-27").is_empty());
}

#[test]
fn b_04_of_a_parcel_that_came_back_the_person_is_told_at_once() {
    let back = Facts { back_from_post: Some(at("2026-11-27")), ..sent() };

    let told = said(&back, "2026-11-27");

    assert_eq!((told.len(), told[0].kind), (1, WarningKind::ResultUnfetched));
    assert!(said(&back, "2026-11-26").is_empty());
}

#[test]
fn b_04_of_a_parcel_that_came_back_outside_office_hours_the_person_is_told_when_the_office_opens() {
    for (came, expected) in [
        ("2026-11-26T23:30:00Z", "2026-11-27T00:00:00Z"),
        ("2026-11-27T10:00:00Z", "2026-11-27T10:00:00Z"),
        ("2026-11-27T14:00:00Z", "2026-11-30T00:00:00Z"),
        ("2026-11-28T03:00:00Z", "2026-11-30T00:00:00Z"),
    ] {
        let (came, opens): (DateTime<Utc>, DateTime<Utc>) =
            (came.parse().unwrap(), expected.parse().unwrap());
        let back = Facts { back_from_post: Some(came), ..sent() };

        let before = due(&back, opens - TimeDelta::seconds(1), &calendar(), &eight_hours());
        let told = due(&back, opens, &calendar(), &eight_hours());

        assert!(before.is_empty(), "{came}");
        assert_eq!((told.len(), told[0].kind), (1, WarningKind::ResultUnfetched), "{came}");
    }
}

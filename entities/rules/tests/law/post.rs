//! How long public post may take, and how often it invites.

use crate::office::{calendar, day};
use chrono::{DateTime, Utc};
use rules::post::{Way, invitations, promised};

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
        |days: &[&str]| invitations(&days.iter().map(|day| at(day)).collect::<Vec<_>>(), &calendar());

    assert_eq!(counted(&[]), 0);
    assert_eq!(counted(&["2026-11-10", "2026-11-11"]), 1);
    assert_eq!(counted(&["2026-11-10", "2026-11-12"]), 2);
    assert_eq!(counted(&["2026-11-06", "2026-11-09"]), 1, "a week-end is not two working days");
    assert_eq!(counted(&["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-16"]), 3);
}

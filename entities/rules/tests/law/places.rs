//! Administrative units and locations: codes of each level, and places that fell apart.

use crate::office::day;
use rules::codes::{FieldCode, LocationId, Malformed, PlaceCode, PlaceLevel};
use rules::places::{Continuation, Share, Succession, continued};

fn edge(code: &str, successor: &str, from: &str, share: Share) -> Succession {
    Succession { code: code.into(), successor: successor.into(), from: day(from), share }
}

/// A ward that took in its neighbour under the same number, a commune cut in two, and one cut and joined again.
fn edges() -> Vec<Succession> {
    vec![
        edge("01834", "01840", "2025-07-01", Share::Whole),
        edge("01840", "01840", "2025-07-01", Share::Whole),
        edge("02005", "01849", "2025-07-01", Share::Part),
        edge("02005", "02008", "2025-07-01", Share::Part),
        edge("01849", "01849", "2027-01-01", Share::Whole),
        edge("02008", "01849", "2027-01-01", Share::Whole),
    ]
}

fn told(code: &str, known_on: &str, on: &str) -> Continuation {
    continued(&edges(), code, day(known_on), day(on))
}

fn whole(code: &str) -> Continuation {
    Continuation { candidates: vec![(code.into(), Share::Whole)], choice_needed: false }
}

#[test]
fn don_vi_hanh_chinh_the_number_of_digits_tells_the_level() {
    let level = |code: &str| PlaceCode::parse(code).map(|code| code.level());

    assert_eq!(level("19"), Ok(PlaceLevel::Province));
    assert_eq!(level("058"), Ok(PlaceLevel::District));
    assert_eq!(level("01840"), Ok(PlaceLevel::Commune));
    assert_eq!(level(""), Err(Malformed::Empty));
    for wrong in ["1", "0184", "018400", "0184x", "٠١٨٤٠"] {
        assert!(level(wrong).is_err(), "{wrong}");
    }
    for level in [PlaceLevel::Province, PlaceLevel::District, PlaceLevel::Commune] {
        assert!(level.above().iter().all(|above| above.digits() < level.digits()));
    }
}

#[test]
fn don_vi_hanh_chinh_a_place_lasts_until_its_day_and_then_goes_on_in_another() {
    assert_eq!(told("01834", "2021-05-01", "2025-06-30"), whole("01834"));
    assert_eq!(told("01834", "2021-05-01", "2025-07-01"), whole("01840"));
    assert_eq!(told("01840", "2021-05-01", "2026-11-22"), whole("01840"), "its number was given again");
    assert_eq!(told("96996", "2021-05-01", "2026-11-22"), whole("96996"));
}

#[test]
fn don_vi_hanh_chinh_a_place_that_fell_apart_waits_for_a_person() {
    let apart = told("02005", "2021-05-01", "2026-11-22");

    assert!(apart.choice_needed);
    assert_eq!(apart.candidates, [("01849".into(), Share::Part), ("02008".into(), Share::Part)]);
}

#[test]
fn don_vi_hanh_chinh_parts_that_met_again_are_still_parts() {
    let met = told("02005", "2021-05-01", "2027-01-01");

    assert_eq!(met.candidates, [("01849".to_owned(), Share::Part)]);
    assert!(met.choice_needed, "the table does not say that these are all its parts");
}

#[test]
fn don_vi_hanh_chinh_edges_that_run_in_a_circle_come_to_an_end() {
    let circle = [edge("1", "2", "2025-01-01", Share::Whole), edge("2", "1", "2025-01-01", Share::Whole)];

    let told = continued(&circle, "1", day("2024-01-01"), day("2026-01-01"));

    assert_eq!(told, whole("2"));
}

#[test]
fn ma_dinh_danh_dia_diem_is_twelve_digits() {
    assert_eq!(LocationId::parse("190018400123").map(String::from).as_deref(), Ok("190018400123"));
    for wrong in ["", "19001840012", "1900184001234", "19001840012x"] {
        assert!(LocationId::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn ma_linh_vuc_is_an_agency_and_a_code_of_its_own() {
    let read = FieldCode::parse("G03-GD10").unwrap();

    assert_eq!((read.as_str(), read.agency()), ("G03-GD10", "G03"));
    for wrong in ["", "G03", "G03-", "g03-GD10", "Z03-GD10", "G3-GD10", "G03-gd10", "G03-GD10-1", "G03-Đ1"] {
        assert!(FieldCode::parse(wrong).is_err(), "{wrong}");
    }
}

//! The regimes as profiles in force by date: tiers, ways in, and the start of the clock for other places.

use crate::lifecycle::{ELSEWHERE, UNIT, person, smooth};
use chrono::NaiveDate;
use rules::actor::Role;
use rules::lifecycle::{ActKind, Standing, step};
use rules::procedure::{Channel, Tier};
use rules::regime::{PROFILES, Regime, in_force};
use rules::status::Status;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn districts_end_with_the_thirtieth_of_june_2025() {
    for (on, districts) in
        [("2018-06-21", true), ("2025-06-30", true), ("2025-07-01", false), ("2026-11-22", false)]
    {
        let profile = in_force(day(on));

        assert_eq!(profile.knows(Tier::District), districts, "{on}");
        for tier in [Tier::Province, Tier::Commune, Tier::PostalPoint] {
            assert!(profile.knows(tier), "{on}: {tier:?}");
        }
    }
}

#[test]
fn l_20_l_21_the_amendment_of_august_2026_moves_the_start_to_the_competent_unit() {
    for (on, at_admission) in
        [("2020-01-06", false), ("2025-07-01", false), ("2026-08-04", false), ("2026-08-05", true)]
    {
        assert_eq!(in_force(day(on)).starts_at_admission(), at_admission, "{on}");
    }
    assert!(!Regime::R2018.on(day("2026-11-22")).starts_at_admission(), "an old dossier keeps its regime");
    assert!(!Regime::R2025.on(day("2026-08-04")).starts_at_admission(), "and its amendment");
    assert!(Regime::R2025.on(day("2026-08-05")).starts_at_admission());
}

#[test]
fn l_15_only_the_online_way_is_ever_barred_and_only_where_law_and_office_say_so() {
    for profile in PROFILES {
        for channel in [Channel::Desk, Channel::Online, Channel::Post] {
            for own_way in [true, false] {
                let led_away = profile.regime != Regime::R2018 && channel == Channel::Online && !own_way;

                let block = profile.bars(channel, own_way);

                assert_eq!(block.is_some(), led_away, "{:?} {channel:?} {own_way}", profile.regime);
                assert!(block.is_none_or(|block| block.code == "national_portal_only"));
            }
        }
    }
}

#[test]
fn profiles_follow_one_another_and_each_begins_on_a_day() {
    let begins: Vec<NaiveDate> = PROFILES.iter().map(|profile| profile.begins().unwrap()).collect();

    assert!(begins.is_sorted_by(|newer, older| newer > older), "{begins:?}");
    for (profile, first) in PROFILES.iter().zip(begins) {
        assert_eq!(in_force(first).version, profile.version);
        assert_eq!(in_force(first).regime, profile.regime);
        assert_eq!(
            profile.system_of_record, "local",
            "an import from elsewhere says otherwise itself (N-05)"
        );
        assert!(!profile.children_at_portal, "there is no field for a main dossier's code");
    }
}

#[test]
fn l_20_who_settles_dossiers_has_a_say_only_where_it_is_settled() {
    let apart =
        |received, act| Standing { received, authority: ELSEWHERE, ..smooth(Status::Processing, act) };
    for (act, role) in [
        (ActKind::Forward, Role::CaseOfficer),
        (ActKind::Stop, Role::Approver),
        (ActKind::Extend, Role::Approver),
        (ActKind::OpenChild, Role::CaseOfficer),
    ] {
        let may = |unit| step(&apart(true, act), act, "Vì sao", &person(role, unit)).is_ok();

        assert!(may(ELSEWHERE) && !may(UNIT), "{act:?}");
    }
    let asks = Standing { received: true, ..apart(true, ActKind::RequestSupplement) };
    for unit in [UNIT, ELSEWHERE] {
        assert!(step(&asks, ActKind::RequestSupplement, "Vì sao", &person(Role::DeskOfficer, unit)).is_ok());
    }
}

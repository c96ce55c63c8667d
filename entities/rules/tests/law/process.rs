//! Hand-overs: until when each has time and how it stands to it; and what the last way back of a result asks for.

use crate::lifecycle::{UNIT, person};
use crate::lifecycle_walks::beginnings;
use crate::office::{at, calendar, eight_hours, limit};
use proptest::prelude::*;
use rules::actor::Role;
use rules::control_slip::{allotted_until, hand_on_by, timeliness};
use rules::deadlines::TimeUnit;
use rules::forms::control_slip::Timeliness;
use rules::lifecycle::{ActKind, Fee, Standing, explain, step};
use rules::procedure::{Channel, ProcessStep, Tier};
use rules::status::Status;
use std::collections::BTreeMap;

fn handed_on(channel: Channel, received: &str) -> chrono::DateTime<chrono::Utc> {
    hand_on_by(channel, at(received), &calendar(), &eight_hours())
}

#[test]
fn l_23_papers_go_the_same_day_and_after_three_first_thing_in_the_morning() {
    for (received, by) in [
        ("2026-11-03 09:00", "2026-11-03 17:00"),
        ("2026-11-03 15:00", "2026-11-03 17:00"),
        ("2026-11-03 15:01", "2026-11-04 07:00"),
        ("2026-11-06 16:00", "2026-11-09 07:00"),
    ] {
        for channel in [Channel::Desk, Channel::Post] {
            assert_eq!(handed_on(channel, received), at(by), "{channel:?} {received}");
        }
    }
}

#[test]
fn l_24_what_came_online_goes_at_once_and_knows_no_three_o_clock() {
    assert_eq!(handed_on(Channel::Online, "2026-11-03 09:00"), at("2026-11-03 11:30"));
    assert_eq!(handed_on(Channel::Online, "2026-11-03 15:30"), at("2026-11-03 17:00"));
}

#[test]
fn l_53_work_is_early_on_a_day_before_on_time_to_the_second_then_late() {
    let due = at("2026-11-05 17:00");

    for (ended, outcome) in [
        ("2026-11-04 17:00", Timeliness::Early),
        ("2026-11-05 00:00", Timeliness::OnTime),
        ("2026-11-05 17:00", Timeliness::OnTime),
        ("2026-11-05 17:01", Timeliness::Late),
        ("2026-11-06 08:00", Timeliness::Late),
    ] {
        assert_eq!(timeliness(due, at(ended)), outcome, "{ended}");
    }
}

#[test]
fn l_53_a_step_has_its_own_time_at_a_unit_then_at_a_tier_then_everywhere() {
    let step = ProcessStep {
        key: "appraise".into(),
        name: "Thẩm định".into(),
        role: Role::CaseOfficer,
        limit: limit(4, TimeUnit::WorkingDays),
        limits: BTreeMap::from([
            ("H55.101".into(), limit(2, TimeUnit::WorkingDays)),
            ("province".into(), limit(6, TimeUnit::WorkingDays)),
        ]),
    };

    assert_eq!(step.allotted(&["H55.101"], Tier::Commune).amount, 2);
    assert_eq!(step.allotted(&["H55.7", "000.07.00.H55"], Tier::Province).amount, 6);
    assert_eq!(step.allotted(&["H55.102"], Tier::Commune).amount, 4);
    let until = allotted_until(
        limit(1, TimeUnit::HalfWorkingDays),
        at("2026-11-03 16:00"),
        &calendar(),
        &eight_hours(),
    );
    assert_eq!(until, at("2026-11-04 11:30"));
}

#[test]
fn l_53_what_a_catalogue_does_not_say_is_not_written_into_it() {
    let json = r#"{"key":"a","name":"A","role":"approver","limit":{"amount":2,"unit":"working_hours"}}"#;

    let step: ProcessStep = serde_json::from_str(json).unwrap();

    assert_eq!(serde_json::to_string(&step).unwrap(), json, "an unchanged catalogue stays unchanged");
    for tier in [Tier::Province, Tier::District, Tier::Commune, Tier::PostalPoint] {
        assert_eq!(Tier::from_key(tier.key()), Some(tier));
    }
}

fn blocks(now: &Standing, act: ActKind, role: Role) -> Vec<&'static str> {
    explain(now, act, &person(role, UNIT)).iter().map(|block| block.code).collect()
}

fn decided(standing: Standing) -> Standing {
    Standing { status: Status::Decided, received: true, started: true, fee: Fee::Paid, ..standing }
}

proptest! {
    #[test]
    fn l_46_no_result_is_handed_over_while_originals_are_kept((now, _) in beginnings()) {
        let kept = Standing { originals_kept: true, ..decided(now) };

        let blocked = blocks(&kept, ActKind::Return, Role::DeskOfficer);
        prop_assert_eq!(blocked, vec!["originals_kept"]);
        let back = Standing { originals_kept: false, ..kept };
        prop_assert!(blocks(&back, ActKind::Return, Role::DeskOfficer).is_empty());
    }

    #[test]
    fn l_48_a_result_is_taken_back_by_the_approver_alone_and_not_out_of_the_post((now, _) in beginnings()) {
        let now = decided(now);
        let carried = Standing { in_the_post: true, ..now.clone() };
        let returned = Standing { status: Status::Returned, ..now.clone() };

        prop_assert!(blocks(&now, ActKind::Correct, Role::Approver).is_empty());
        prop_assert_eq!(blocks(&now, ActKind::Correct, Role::CaseOfficer), vec!["wrong_role"]);
        prop_assert_eq!(blocks(&carried, ActKind::Correct, Role::Approver), vec!["result_in_the_post"]);
        prop_assert_eq!(blocks(&returned, ActKind::Correct, Role::Approver), vec!["result_handed_over"]);
        let silent = step(&now, ActKind::Correct, "…", &person(Role::Approver, UNIT)).unwrap_err();
        prop_assert_eq!(silent.blocked_by[0].code, "reason_missing");
    }
}

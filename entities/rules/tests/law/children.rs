//! Child dossiers: who runs at once, who waits, who is called next (L-31), and who may do what to one.

use crate::lifecycle::{UNIT, person, smooth};
use proptest::prelude::*;
use rules::actor::{Actor, Role};
use rules::children::{Sibling, Wanted, called, is_over, place, waits};
use rules::lifecycle::{ActKind, Standing, allowed, step};
use rules::procedure::Channel;
use rules::status::Status;
use uuid::Uuid;

fn child(n: u128, place: Option<i32>, held: bool, over: bool) -> Sibling {
    Sibling { id: Uuid::from_u128(n), place, held, over }
}

#[test]
fn l_31_electronic_dossiers_go_at_once_and_paper_ones_at_the_end_of_the_line() {
    let line =
        [child(1, Some(1), false, false), child(2, None, false, false), child(3, Some(4), true, false)];
    for (wanted, channel, expected) in [
        (Wanted::AsUsual, Channel::Online, None),
        (Wanted::AsUsual, Channel::Desk, Some(5)),
        (Wanted::AsUsual, Channel::Post, Some(5)),
        (Wanted::AtOnce, Channel::Desk, None),
        (Wanted::At(2), Channel::Online, Some(2)),
    ] {
        assert_eq!(place(wanted, channel, &line), expected, "{wanted:?} {channel:?}");
    }
    assert_eq!(place(Wanted::AsUsual, Channel::Desk, &[]), Some(1));
}

#[test]
fn l_31_one_waits_for_smaller_places_alone_and_never_for_those_that_run_at_once() {
    let line =
        [child(1, None, false, false), child(2, Some(1), false, true), child(3, Some(2), false, false)];
    for (place, expected) in [(None, false), (Some(1), false), (Some(2), false), (Some(3), true)] {
        assert_eq!(waits(place, &line), expected, "{place:?}");
    }
}

#[test]
fn l_47_a_child_is_over_with_its_result_or_its_end() {
    let over: Vec<u8> = Status::ALL.into_iter().filter(|status| is_over(*status)).map(Status::code).collect();

    assert_eq!(over, [3, 7, 8, 9, 10]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn l_31_a_line_worked_off_in_any_order_is_called_in_order_and_to_its_end(places in prop::collection::vec(1..5_i32, 1..8)) {
        let mut line: Vec<Sibling> = Vec::new();
        for (n, wanted) in (1..).zip(&places) {
            let held = waits(Some(*wanted), &line);
            line.push(child(n, Some(*wanted), held, false));
        }
        let mut begun = Vec::new();
        while let Some(working) = line.iter().position(|one| !one.held && !one.over) {
            begun.push(line[working].place);
            line[working].over = true;
            for id in called(&line) {
                let one = line.iter_mut().find(|one| one.id == id).unwrap();
                one.held = false;
            }
        }
        prop_assert!(line.iter().all(|one| one.over), "nobody is forgotten: {line:?}");
    }
}

#[test]
fn l_31_who_opened_a_child_takes_its_fee_and_the_office_takes_it_back() {
    let opener = Uuid::from_u128(77);
    let child = Standing {
        is_child: true,
        sender: Some(opener),
        ..smooth(Status::Processing, ActKind::RecordPayment)
    };

    assert_eq!(allowed(&child, &person(Role::DeskOfficer, opener)), [ActKind::RecordPayment]);
    let mine = Standing { mine: true, ..child.clone() };
    assert!(
        step(&mine, ActKind::Withdraw, "", &person(Role::Citizen, UNIT)).is_err(),
        "one withdraws the main one"
    );
    for status in [Status::Submitted, Status::Received, Status::AwaitingSupplement, Status::AwaitingPayment] {
        let open = Standing { status, ..child.clone() };
        assert!(step(&open, ActKind::Withdraw, "", &Actor::office()).is_ok(), "{status:?}");
    }
    let own = Standing { is_child: false, sender: None, ..child };
    assert!(
        step(&own, ActKind::Withdraw, "", &Actor::office()).is_err(),
        "never a dossier of a person's own"
    );
}

#[test]
fn l_31_nobody_begins_with_a_child_that_is_held() {
    for act in [ActKind::Accept, ActKind::Refuse, ActKind::RequestSupplement, ActKind::Claim] {
        let held = Standing { held: true, step_role: None, ..smooth(Status::Submitted, act) };

        let refused = step(&held, act, "Vì sao", &person(Role::DeskOfficer, UNIT)).unwrap_err();

        assert!(
            refused.blocked_by.iter().any(|block| block.code == "not_yet_called"),
            "{act:?}: {refused:?}"
        );
    }
}

#[test]
fn l_31_no_result_while_a_child_is_open() {
    let waiting = Standing { open_children: 1, ..smooth(Status::Processing, ActKind::Decide) };

    let refused = step(&waiting, ActKind::Decide, "", &person(Role::CaseOfficer, UNIT)).unwrap_err();

    assert_eq!(refused.blocked_by.iter().map(|block| block.code).collect::<Vec<_>>(), ["children_open"]);
}

//! What holds for a dossier however people act on it: two thousand walks through the table.

use crate::lifecycle::{ELSEWHERE, LAWFUL, ROLES, UNIT, person};
use proptest::prelude::*;
use rules::actor::{Actor, Role};
use rules::lifecycle::{ActKind, Fee, Standing, step};
use rules::procedure::PaymentMoment;
use rules::refusal::Refusal;
use rules::status::Status;

/// One try: which act, who, with which words.
#[derive(Debug, Clone)]
pub(crate) struct Try {
    pub(crate) act: ActKind,
    pub(crate) by: Actor,
    pub(crate) owner: bool,
    pub(crate) reason: &'static str,
}

pub(crate) fn tries() -> impl Strategy<Value = Try> {
    let act = (0..ActKind::ALL.len()).prop_map(|n| ActKind::ALL[n]);
    // Mostly people who have something to say here, so that the walks get somewhere.
    let role = prop_oneof![
        6 => prop::sample::select(vec![Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Office]),
        1 => prop::sample::select(ROLES.to_vec()),
    ];
    let unit = prop_oneof![9 => Just(UNIT), 1 => Just(ELSEWHERE)];
    let reason = prop_oneof![4 => Just("Có lý do."), 1 => Just(""), 1 => Just("42")];
    (act, role, unit, any::<bool>(), reason).prop_map(|(act, role, unit, owner, reason)| Try {
        act,
        by: person(role, unit),
        owner,
        reason,
    })
}

pub(crate) fn beginnings() -> impl Strategy<Value = (Standing, usize)> {
    let payment =
        prop::sample::select(vec![PaymentMoment::Before, PaymentMoment::After, PaymentMoment::Never]);
    (payment, any::<bool>(), 0..3_u8, 0..4_usize).prop_map(|(payment, asked, rounds_allowed, steps)| {
        let now = Standing {
            status: Status::Submitted,
            received: false,
            supplement_answered: false,
            rounds_used: 0,
            rounds_allowed,
            rounds_open: true,
            started: false,
            starts_at_authority: false,
            extensions_used: 0,
            extensions_allowed: 1,
            apology_open: true,
            new_due: None,
            step_role: None,
            has_next_step: steps > 0,
            has_earlier_step: false,
            open_children: 0,
            is_child: false,
            held: false,
            sender: None,
            consulted: Vec::new(),
            fee: if asked && payment != PaymentMoment::Never { Fee::Owed } else { Fee::None },
            payment,
            has_result: true,
            originals_kept: false,
            in_the_post: false,
            undigitised: Vec::new(),
            mine: false,
            assignee: None,
            unit: UNIT,
            authority: UNIT,
        };
        (now, steps)
    })
}

/// What the door writes down after an act, as far as the rules look at it.
pub(crate) fn after(mut now: Standing, act: ActKind, to: Status, by: &Actor, left: &mut usize) -> Standing {
    match act {
        ActKind::Accept => {
            (now.received, now.started) = (true, true);
            (now.supplement_answered, now.assignee) = (false, None);
        }
        ActKind::RequestSupplement => {
            now.supplement_answered = false;
            now.rounds_used += u8::from(now.received);
        }
        ActKind::AnswerSupplement => now.supplement_answered = true,
        ActKind::Claim => now.assignee = Some(by.subject.clone()),
        ActKind::Release | ActKind::SendBack | ActKind::Correct => now.assignee = None,
        ActKind::Forward => {
            *left -= 1;
            now.step_role = Some(if *left == 0 { Role::Approver } else { Role::CaseOfficer });
            (now.has_next_step, now.assignee) = (*left > 0, None);
        }
        ActKind::RecordPayment => now.fee = Fee::Paid,
        ActKind::Extend => now.extensions_used += 1,
        _ => {}
    }
    Standing { status: to, ..now }
}

fn lawful(from: Status, to: Status) -> bool {
    LAWFUL.iter().any(|(status, targets)| *status == from && targets.contains(&to))
}

fn refused_well(now: &Standing, tried: &Try, refusal: &Refusal) -> Result<(), TestCaseError> {
    prop_assert_eq!(refusal.status, Some(now.status));
    prop_assert_eq!(refusal.act, tried.act.key());
    prop_assert!(!refusal.blocked_by.is_empty());
    for block in &refusal.blocked_by {
        prop_assert!(block.vi.contains(' ') && block.vi.ends_with('.'), "{}", block.vi);
        prop_assert!(block.en.contains(' ') && block.en.ends_with('.'), "{}", block.en);
        prop_assert_ne!(&block.vi, &block.en);
        prop_assert!(block.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    }
    let open = ActKind::ALL.into_iter().filter(|act| step(now, *act, "Có lý do.", &tried.by).is_ok());
    prop_assert_eq!(&refusal.allowed, &open.map(ActKind::key).collect::<Vec<_>>());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_walk_makes_an_unlawful_step_or_leaves_an_end((start, steps) in beginnings(), tried in prop::collection::vec(tries(), 1..40)) {
        let (mut now, mut left) = (start, steps);
        for one in tried {
            now.mine = one.owner;
            match step(&now, one.act, one.reason, &one.by) {
                Ok(done) => {
                    prop_assert!(!now.status.is_final());
                    prop_assert!(done.to == now.status || lawful(now.status, done.to), "{:?} to {:?}", now.status, done.to);
                    prop_assert!(done.to != Status::Returned || now.fee != Fee::Owed, "handed over unpaid");
                    now = after(now, one.act, done.to, &one.by, &mut left);
                    prop_assert!(now.rounds_used <= now.rounds_allowed);
                    prop_assert!(now.extensions_used <= now.extensions_allowed, "put off twice");
                }
                Err(refusal) => refused_well(&now, &one, &refusal)?,
            }
        }
    }
}

//! The life of a dossier as law.md §1.2 tells it, written down a second time and compared cell by cell.

use rules::actor::{Actor, Assignment, Role};
use rules::deadlines::ClockKind;
use rules::lifecycle::{ActKind, Fee, Standing, TABLE, allowed, explain, step};
use rules::procedure::PaymentMoment;
use rules::status::Status::{self, *};
use uuid::Uuid;

/// Every transition that law.md §1.2 "Statuses" knows.
pub(crate) const LAWFUL: [(Status, &[Status]); 10] = [
    (Submitted, &[Received, Refused, AwaitingSupplement, Withdrawn]),
    (Received, &[Processing, AwaitingSupplement, AwaitingPayment, Withdrawn, Stopped, Decided]),
    (Refused, &[]),
    (Processing, &[AwaitingSupplement, AwaitingPayment, Withdrawn, Stopped, Decided]),
    (AwaitingSupplement, &[Received, Processing, Withdrawn, Stopped]),
    (AwaitingPayment, &[Processing, Withdrawn, Stopped]),
    (Withdrawn, &[]),
    (Stopped, &[]),
    // Back only as an audited correction (L-48).
    (Decided, &[Returned, Processing]),
    (Returned, &[]),
];

pub(crate) const UNIT: Uuid = Uuid::from_u128(1);
pub(crate) const ELSEWHERE: Uuid = Uuid::from_u128(2);

pub(crate) const ROLES: [Role; 13] = [
    Role::Citizen,
    Role::OrganisationRepresentative,
    Role::Helper,
    Role::DeskOfficer,
    Role::CaseOfficer,
    Role::Approver,
    Role::Finance,
    Role::PostalClerk,
    Role::ProcedureController,
    Role::Inspector,
    Role::Administrator,
    Role::Integrator,
    Role::Office,
];

const REASON: &str = "Thiếu bản chính.";
const OFFICERS: &[Role] = &[Role::DeskOfficer, Role::CaseOfficer, Role::Approver];

/// Who may do what from where when nothing else stands in the way; the step is the case officer's.
const WHO: [(ActKind, &[Status], &[Role]); 24] = [
    (ActKind::Accept, &[Submitted, AwaitingSupplement], &[Role::DeskOfficer]),
    (ActKind::Refuse, &[Submitted], &[Role::DeskOfficer]),
    (ActKind::RequestSupplement, &[Submitted], &[Role::DeskOfficer]),
    (ActKind::RequestSupplement, &[Received, Processing], OFFICERS),
    (ActKind::Claim, &[Submitted, AwaitingSupplement, Received, Processing], &[Role::CaseOfficer]),
    // What lies on a colleague's desk is taken back by the head.
    (ActKind::Release, &[Submitted, AwaitingSupplement, Received, Processing], &[Role::Approver]),
    (ActKind::Forward, &[Received, Processing], &[Role::CaseOfficer]),
    (ActKind::RequestPayment, &[Received, Processing], OFFICERS),
    (
        ActKind::RecordPayment,
        &[Submitted, Received, Processing, AwaitingPayment, AwaitingSupplement, Decided],
        &[Role::Office, Role::Finance, Role::DeskOfficer],
    ),
    (ActKind::Decide, &[Received, Processing], &[Role::CaseOfficer]),
    (ActKind::Stop, &[AwaitingSupplement], OFFICERS),
    (ActKind::Stop, &[Received, Processing, AwaitingPayment], &[Role::Approver]),
    (ActKind::Return, &[Decided], &[Role::Office, Role::DeskOfficer, Role::PostalClerk]),
    (ActKind::Admit, &[Received], &[Role::DeskOfficer, Role::CaseOfficer]),
    (ActKind::SendBack, &[Processing], &[Role::CaseOfficer]),
    (ActKind::Extend, &[Received, Processing], &[Role::CaseOfficer, Role::Approver]),
    (ActKind::Consult, &[Received, Processing], &[Role::CaseOfficer]),
    (
        ActKind::Advise,
        &[Received, Processing, AwaitingSupplement, AwaitingPayment],
        &[Role::CaseOfficer, Role::Approver],
    ),
    (ActKind::Visit, &[Received, Processing], OFFICERS),
    (ActKind::OpenChild, &[Received, Processing], OFFICERS),
    (ActKind::EndChild, OPEN, &[Role::Office]),
    (ActKind::Correct, &[Decided], &[Role::Approver]),
    (ActKind::Warn, OPEN, &[Role::Office]),
    (ActKind::Recompute, &[Received, Processing, AwaitingSupplement, AwaitingPayment], &[Role::Office]),
];

const OPEN: &[Status] = &[Submitted, Received, Processing, AwaitingSupplement, AwaitingPayment, Decided];

const OWNERS: [(ActKind, &[Status]); 2] = [
    (ActKind::AnswerSupplement, &[AwaitingSupplement]),
    (ActKind::Withdraw, &[Submitted, Received, Processing, AwaitingSupplement, AwaitingPayment]),
];

pub(crate) fn person(role: Role, unit: Uuid) -> Actor {
    let subject = format!("thử|{role:?}");
    let assignments = vec![Assignment { role, unit: (role != Role::Office).then_some(unit) }];
    Actor { subject, assignments, ..Actor::office() }
}

/// Standing at `status` so that nothing but status and role can stand in the way of `act`.
pub(crate) fn smooth(status: Status, act: ActKind) -> Standing {
    let asked = matches!(act, ActKind::RequestPayment | ActKind::RecordPayment);
    Standing {
        status,
        received: act != ActKind::Accept,
        supplement_answered: act != ActKind::AnswerSupplement,
        rounds_used: 0,
        rounds_allowed: 1,
        rounds_open: true,
        started: !matches!(act, ActKind::Accept | ActKind::Admit),
        starts_at_authority: act == ActKind::Admit,
        extensions_used: 0,
        extensions_allowed: 1,
        apology_open: true,
        new_due: None,
        step_role: Some(Role::CaseOfficer),
        has_next_step: act != ActKind::Decide,
        has_earlier_step: true,
        open_children: 0,
        is_child: false,
        held: false,
        sender: None,
        consulted: vec![UNIT],
        fee: if asked { Fee::Owed } else { Fee::Paid },
        payment: PaymentMoment::After,
        has_result: true,
        originals_kept: false,
        in_the_post: false,
        undigitised: Vec::new(),
        mine: false,
        assignee: (act == ActKind::Release).then(|| "thử|ai đó".into()),
        unit: UNIT,
        authority: UNIT,
    }
}

fn may(act: ActKind, status: Status, role: Role) -> bool {
    WHO.iter().any(|(a, from, who)| *a == act && from.contains(&status) && who.contains(&role))
}

fn codes(now: &Standing, act: ActKind, by: &Actor, reason: &str) -> Vec<&'static str> {
    step(now, act, reason, by)
        .map_or_else(|refusal| refusal.blocked_by.iter().map(|b| b.code).collect(), |_| Vec::new())
}

#[test]
fn every_act_is_open_to_those_the_table_names_from_where_it_says_and_to_nobody_else() {
    for status in Status::ALL {
        for act in ActKind::ALL {
            let now = smooth(status, act);
            for role in ROLES {
                let done = step(&now, act, REASON, &person(role, UNIT));
                assert_eq!(done.is_ok(), may(act, status, role), "{act:?} from {status:?} by {role:?}");
            }
        }
    }
}

#[test]
fn the_owner_may_answer_and_withdraw_and_nothing_else() {
    let citizen = person(Role::Citizen, UNIT);
    for status in Status::ALL {
        for act in ActKind::ALL {
            let now = Standing { mine: true, ..smooth(status, act) };
            let open = OWNERS.iter().any(|(a, from)| *a == act && from.contains(&status));
            assert_eq!(step(&now, act, REASON, &citizen).is_ok(), open, "{act:?} from {status:?}");
        }
    }
}

#[test]
fn nobody_acts_for_another_unit() {
    for status in Status::ALL {
        for act in ActKind::ALL {
            for role in ROLES.into_iter().filter(|role| *role != Role::Office) {
                let by = person(role, ELSEWHERE);
                assert!(step(&smooth(status, act), act, REASON, &by).is_err(), "{act:?} by {role:?}");
            }
        }
    }
}

#[test]
fn the_competent_unit_acts_like_the_receiving_one() {
    let now = Standing { unit: ELSEWHERE, ..smooth(Submitted, ActKind::Accept) };
    assert!(step(&now, ActKind::Accept, "", &person(Role::DeskOfficer, UNIT)).is_ok());
    assert!(step(&now, ActKind::Accept, "", &person(Role::DeskOfficer, ELSEWHERE)).is_ok());
}

#[test]
fn no_row_leads_where_the_law_does_not() {
    for row in TABLE {
        for status in row.from {
            for received in [true, false] {
                let to = row.to.resolve(&Standing { received, ..smooth(*status, row.act) });
                let lawful = LAWFUL.iter().find(|(from, _)| from == status).unwrap().1;
                assert!(to == *status || lawful.contains(&to), "{:?}: {status:?} to {to:?}", row.act);
            }
        }
    }
}

#[test]
fn every_lawful_transition_has_its_act() {
    for (from, targets) in LAWFUL {
        for to in targets {
            let leads = |received| {
                TABLE
                    .iter()
                    .filter(|row| row.from.contains(&from))
                    .any(|row| row.to.resolve(&Standing { received, ..smooth(from, row.act) }) == *to)
            };
            assert!(leads(true) || leads(false), "nothing leads from {from:?} to {to:?}");
        }
    }
}

#[test]
fn nothing_leaves_3_7_8_and_10() {
    let closed: Vec<u8> = Status::ALL.into_iter().filter(|s| s.is_final()).map(Status::code).collect();
    assert_eq!(closed, [3, 7, 8, 10]);
    assert!(TABLE.iter().all(|row| row.from.iter().all(|status| !status.is_final())));
}

#[test]
fn l_04_a_reason_is_words_and_not_a_number() {
    let desk = person(Role::DeskOfficer, UNIT);
    let head = person(Role::Approver, UNIT);
    for reason in ["", "   ", "404", "...", "12-34"] {
        for (act, status, by) in [
            (ActKind::Refuse, Submitted, &desk),
            (ActKind::RequestSupplement, Submitted, &desk),
            (ActKind::RequestSupplement, Processing, &desk),
            (ActKind::Stop, AwaitingSupplement, &desk),
            (ActKind::Stop, Processing, &head),
        ] {
            assert_eq!(
                codes(&smooth(status, act), act, by, reason),
                ["reason_missing"],
                "{act:?} “{reason}”"
            );
        }
    }
    assert!(explain(&smooth(Submitted, ActKind::Refuse), ActKind::Refuse, &desk).is_empty(), "not yet asked");
}

#[test]
fn l_26_papers_are_asked_as_often_as_the_procedure_allows_after_reception() {
    let officer = person(Role::CaseOfficer, UNIT);
    for (used, most, open) in [(0, 1, true), (1, 1, false), (1, 2, true), (2, 2, false), (0, 0, false)] {
        let act = ActKind::RequestSupplement;
        let now = Standing { rounds_used: used, rounds_allowed: most, ..smooth(Processing, act) };
        let blocks = codes(&now, act, &officer, REASON);
        assert_eq!(blocks.is_empty(), open, "{used} of {most}");
        assert!(open || blocks == ["supplement_limit_used_up"]);
    }
}

#[test]
fn l_27_asking_at_intake_is_another_stage_and_uses_no_round() {
    let act = ActKind::RequestSupplement;
    let now = Standing { rounds_used: 1, received: false, ..smooth(Submitted, act) };
    assert!(step(&now, act, REASON, &person(Role::DeskOfficer, UNIT)).is_ok());
}

#[test]
fn l_12_a_fee_due_before_reception_is_paid_before_reception() {
    let desk = person(Role::DeskOfficer, UNIT);
    for (payment, fee, open) in [
        (PaymentMoment::Before, Fee::Owed, false),
        (PaymentMoment::Before, Fee::Paid, true),
        (PaymentMoment::Before, Fee::None, true),
        (PaymentMoment::After, Fee::Owed, true),
        (PaymentMoment::Never, Fee::None, true),
    ] {
        let now = Standing { payment, fee, ..smooth(Submitted, ActKind::Accept) };
        let blocks = codes(&now, ActKind::Accept, &desk, "");
        assert_eq!(blocks.is_empty(), open, "{payment:?} {fee:?}");
        assert!(open || blocks == ["fee_unpaid"]);
    }
}

#[test]
fn l_47_a_result_is_handed_over_only_when_it_is_there_and_paid_for() {
    let desk = person(Role::DeskOfficer, UNIT);
    for status in Status::ALL {
        let done = codes(&smooth(status, ActKind::Return), ActKind::Return, &desk, "ký nhận");
        assert_eq!(done.is_empty(), status == Decided, "{status:?}");
    }
    let unpaid = Standing { fee: Fee::Owed, ..smooth(Decided, ActKind::Return) };
    assert_eq!(codes(&unpaid, ActKind::Return, &desk, "ký nhận"), ["fee_unpaid"]);
}

#[test]
fn a_dossier_is_received_once() {
    let desk = person(Role::DeskOfficer, UNIT);
    let again = Standing { received: true, ..smooth(AwaitingSupplement, ActKind::Accept) };
    assert_eq!(codes(&again, ActKind::Accept, &desk, ""), ["already_received"]);
    let open = Standing { supplement_answered: false, ..smooth(AwaitingSupplement, ActKind::Accept) };
    assert_eq!(codes(&open, ActKind::Accept, &desk, ""), ["supplement_open"]);
    let answered =
        Standing { mine: true, supplement_answered: true, ..smooth(AwaitingSupplement, ActKind::Stop) };
    let citizen = person(Role::Citizen, UNIT);
    assert_eq!(codes(&answered, ActKind::AnswerSupplement, &citizen, ""), ["supplement_answered"]);
}

#[test]
fn what_another_officer_has_taken_on_is_left_to_them() {
    let officer = person(Role::CaseOfficer, UNIT);
    for (act, block) in [
        (ActKind::Claim, "already_claimed"),
        (ActKind::Forward, "claimed_by_other"),
        (ActKind::RequestSupplement, "claimed_by_other"),
        (ActKind::Release, "claimed_by_other"),
        (ActKind::Decide, "claimed_by_other"),
    ] {
        let theirs = Standing { assignee: Some("thử|ai đó".into()), ..smooth(Processing, act) };
        assert_eq!(codes(&theirs, act, &officer, REASON), [block]);
        let own = Standing { assignee: Some(officer.subject.clone()), ..theirs };
        assert_eq!(codes(&own, act, &officer, REASON).is_empty(), act != ActKind::Claim);
    }
}

#[test]
fn a_decision_is_the_last_step_and_brings_its_result() {
    let officer = person(Role::CaseOfficer, UNIT);
    let early = Standing { has_next_step: true, has_result: false, ..smooth(Received, ActKind::Decide) };
    assert_eq!(codes(&early, ActKind::Decide, &officer, ""), ["steps_left", "result_missing"]);
    let late = Standing { has_next_step: false, ..smooth(Received, ActKind::Forward) };
    assert_eq!(codes(&late, ActKind::Forward, &officer, ""), ["no_next_step"]);
}

#[test]
fn l_06_a_dossier_without_steps_is_the_desks_to_decide_at_once() {
    let now = Standing { step_role: None, has_next_step: false, ..smooth(Received, ActKind::Decide) };
    assert_eq!(step(&now, ActKind::Decide, "", &person(Role::DeskOfficer, UNIT)).unwrap().to, Decided);
}

#[test]
fn everything_that_blocks_is_told_at_once() {
    let now = Standing {
        assignee: Some("thử|ai đó".into()),
        has_next_step: true,
        has_result: false,
        ..smooth(Processing, ActKind::Decide)
    };
    let told = codes(&now, ActKind::Decide, &person(Role::Finance, UNIT), "");
    assert_eq!(told, ["wrong_role", "steps_left", "result_missing", "claimed_by_other"]);
}

#[test]
fn the_clock_moves_with_the_act() {
    let at = |act, status| {
        step(&Standing { mine: true, ..smooth(status, act) }, act, REASON, &everybody()).unwrap().clock
    };
    assert_eq!(at(ActKind::Accept, Submitted), Some(ClockKind::Started));
    assert_eq!(at(ActKind::RequestSupplement, Submitted), None);
    assert_eq!(at(ActKind::RequestSupplement, Processing), Some(ClockKind::Paused));
    assert_eq!(at(ActKind::AnswerSupplement, AwaitingSupplement), Some(ClockKind::Restarted));
    assert_eq!(at(ActKind::RequestPayment, Processing), Some(ClockKind::Paused));
    assert_eq!(at(ActKind::RecordPayment, AwaitingPayment), Some(ClockKind::Resumed));
    assert_eq!(at(ActKind::RecordPayment, Processing), None);
    assert_eq!(at(ActKind::Decide, Processing), Some(ClockKind::Stopped));
    assert_eq!(at(ActKind::Stop, Processing), Some(ClockKind::Stopped));
    assert_eq!(at(ActKind::Forward, Processing), None);
    let intake =
        Standing { received: false, mine: true, ..smooth(AwaitingSupplement, ActKind::AnswerSupplement) };
    let answered = step(&intake, ActKind::AnswerSupplement, "", &everybody()).unwrap();
    assert_eq!((answered.to, answered.clock), (AwaitingSupplement, None), "the desk looks first");
}

fn everybody() -> Actor {
    let assignments = ROLES.iter().map(|role| Assignment { role: *role, unit: Some(UNIT) }).collect();
    Actor { assignments, ..Actor::office() }
}

#[test]
fn what_is_allowed_is_what_can_be_done() {
    let now = smooth(Submitted, ActKind::Accept);
    let desk = person(Role::DeskOfficer, UNIT);
    let open = allowed(&Standing { received: false, ..now }, &desk);
    assert_eq!(open, [ActKind::Accept, ActKind::Refuse, ActKind::RequestSupplement]);
}

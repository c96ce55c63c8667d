//! Giving money back: on which ground, how much, and by whose hands (law.md F-06).

use crate::fees::{asked, tariff, ten_thousand};
use proptest::prelude::*;
use rules::actor::{Actor, Assignment, Role};
use rules::fees::refunds::{
    Ground, Purse, RefundAct, RefundStanding, RefundState, by_policy, follow, propose,
};
use rules::fees::{Ending, FeeKind, RefundTerms, RefundWhen, Tariff};
use uuid::Uuid;

#[test]
fn f_06_a_tariff_says_after_which_ending_it_is_given_back() {
    use Ending::{Granted, Open, Refused, Rejected, Stopped, Withdrawn};
    let all = [Open, Refused, Withdrawn, Stopped, Rejected, Granted];
    for (when, endings) in [
        (RefundWhen::Never, &[][..]),
        (RefundWhen::WhenRefused, &[Refused]),
        (RefundWhen::WhenNotGranted, &[Refused, Stopped, Rejected]),
        (RefundWhen::Always, &all),
    ] {
        let holds: Vec<Ending> = all.into_iter().filter(|ending| when.holds(*ending)).collect();
        assert_eq!(holds, endings, "{when:?}");
    }
}

#[test]
fn f_06_the_policy_gives_back_the_lines_it_names_of_one_kind() {
    let terms = RefundTerms { when: RefundWhen::WhenRefused, legal_basis: "Văn bản thử".into() };
    let tariffs = [
        Tariff { refund: Some(terms), ..tariff(FeeKind::LePhi, 50_000) },
        tariff(FeeKind::LePhi, 20_000),
        tariff(FeeKind::Phi, 30_000),
    ];
    let quote = asked(&tariffs, "2026-03-10", &[], &[]);

    let back = |kind, ending| by_policy(&quote, kind, ending);

    assert_eq!((back(FeeKind::LePhi, Ending::Refused), back(FeeKind::Phi, Ending::Refused)), (50_000, 0));
    assert_eq!(back(FeeKind::LePhi, Ending::Granted), 0);
}

const UNIT: Uuid = Uuid::from_u128(1);
const OTHER_UNIT: Uuid = Uuid::from_u128(2);

fn officer(subject: &str, roles: &[(Role, Uuid)]) -> Actor {
    Actor {
        subject: subject.into(),
        name: "Người mẫu".into(),
        title: String::new(),
        national_id: None,
        assignments: roles.iter().map(|(role, unit)| Assignment { role: *role, unit: Some(*unit) }).collect(),
        scopes: Vec::new(),
        assurance: 0,
        as_of: None,
    }
}

#[test]
fn f_06_a_proposal_is_refused_with_every_reason() {
    let finance = officer("thu", &[(Role::Finance, UNIT)]);
    let elsewhere = officer("xa", &[(Role::Finance, OTHER_UNIT)]);
    let approver = officer("duyet", &[(Role::Approver, UNIT)]);
    let paid = Purse { paid: 12_000, bespoken: 2_000, by_policy: 5_000, owed_to_nobody: false };
    let surplus = Purse { owed_to_nobody: true, by_policy: 0, ..paid };
    let empty = Purse { paid: 0, ..surplus };
    type Case<'a> = (&'a str, &'a Purse, Ground, i64, &'a Actor, &'a [&'a str]);
    let cases: [Case<'_>; 12] = [
        ("by policy, all that is left of it", &paid, Ground::Policy, 3_000, &finance, &[]),
        ("more than the policy", &paid, Ground::Policy, 3_001, &finance, &["more_than_left"]),
        ("mistaken, all that is left", &paid, Ground::Mistaken, 10_000, &finance, &[]),
        ("more than came in", &paid, Ground::Mistaken, 10_001, &finance, &["more_than_left"]),
        ("owed, so not excess", &paid, Ground::Excess, 1, &finance, &["ground_does_not_hold"]),
        ("owed, so not late", &paid, Ground::LateSuccess, 1, &finance, &["ground_does_not_hold"]),
        ("excess is always returnable", &surplus, Ground::Excess, 10_000, &finance, &[]),
        ("no policy for what nobody owed", &surplus, Ground::Policy, 1, &finance, &["ground_does_not_hold"]),
        ("nothing came in", &empty, Ground::Excess, 1, &finance, &["nothing_paid"]),
        ("another unit's finance", &paid, Ground::Mistaken, 1, &elsewhere, &["wrong_role"]),
        (
            "an approver, on no ground",
            &paid,
            Ground::Excess,
            1,
            &approver,
            &["wrong_role", "ground_does_not_hold"],
        ),
        ("the office itself", &surplus, Ground::LateSuccess, 10_000, &Actor::office(), &[]),
    ];
    for (what, purse, ground, amount, by, expected) in cases {
        let told = propose(purse, ground, amount, by, UNIT).err();
        let blocks: Vec<&str> = told.iter().flat_map(|r| &r.blocked_by).map(|block| block.code).collect();
        assert_eq!(blocks, expected, "{what}");
        assert!(told.iter().flat_map(|r| &r.blocked_by).all(|b| !b.vi.is_empty() && !b.en.is_empty()));
    }
}

#[test]
fn f_06_no_refund_passes_one_pair_of_hands() {
    use RefundAct::{Approve, PayOut, Reject};
    use RefundState::{Approved, PaidOut, Proposed, Rejected, Sent};
    let finance = officer("thu", &[(Role::Finance, UNIT)]);
    let approver = officer("duyet", &[(Role::Approver, UNIT)]);
    let both = officer("kiem", &[(Role::Finance, UNIT), (Role::Approver, UNIT)]);
    let elsewhere = officer("xa", &[(Role::Approver, OTHER_UNIT)]);
    type Case<'a> = (&'a str, RefundState, (&'a str, Option<&'a str>), RefundAct, &'a Actor, &'a [&'a str]);
    let cases: [Case<'_>; 15] = [
        ("another approves", Proposed, ("thu", None), Approve, &approver, &[]),
        ("another rejects", Proposed, ("thu", None), Reject, &approver, &[]),
        ("what the office proposed is approved", Proposed, ("office|motcua", None), Approve, &approver, &[]),
        (
            "one with both roles approves their own",
            Proposed,
            ("kiem", None),
            Approve,
            &both,
            &["same_person"],
        ),
        ("one with both roles rejects their own", Proposed, ("kiem", None), Reject, &both, &["same_person"]),
        ("finance approves", Proposed, ("xa", None), Approve, &finance, &["wrong_role"]),
        (
            "finance approves their own",
            Proposed,
            ("thu", None),
            Approve,
            &finance,
            &["wrong_role", "same_person"],
        ),
        ("another unit's approver", Proposed, ("thu", None), Approve, &elsewhere, &["wrong_role"]),
        ("approved twice", Approved, ("thu", Some("duyet")), Approve, &approver, &["wrong_refund_state"]),
        ("paid out before approval", Proposed, ("thu", None), PayOut, &finance, &["wrong_refund_state"]),
        ("paid out by who proposed", Approved, ("thu", Some("duyet")), PayOut, &finance, &[]),
        ("sent, then confirmed by hand", Sent, ("thu", Some("duyet")), PayOut, &finance, &[]),
        ("sent, then approved", Sent, ("thu", Some("duyet")), Approve, &approver, &["wrong_refund_state"]),
        ("paid out by who approved", Approved, ("thu", Some("kiem")), PayOut, &both, &["same_person"]),
        (
            "approved after rejection",
            Rejected,
            ("thu", Some("duyet")),
            Approve,
            &both,
            &["wrong_refund_state"],
        ),
    ];
    for (what, state, (proposed_by, decided_by), act, by, expected) in cases {
        let now = RefundStanding { state, unit: UNIT, proposed_by, decided_by };
        let told = follow(&now, act, by);
        let blocks: Vec<&str> =
            told.as_ref().err().iter().flat_map(|r| &r.blocked_by).map(|b| b.code).collect();
        assert_eq!(blocks, expected, "{what}");
        assert!(told.is_err() || told == Ok(act.to()));
    }
    let out = RefundStanding { state: PaidOut, unit: UNIT, proposed_by: "thu", decided_by: Some("duyet") };
    assert!(follow(&out, PayOut, &finance).is_err(), "paid out once");
}

proptest! {
    #![proptest_config(ten_thousand())]

    #[test]
    fn f_06_no_row_of_refunds_gives_back_more_than_came_in(
        paid in 0..1_000_000_i64, policy in 0..1_000_000_i64, nobody in any::<bool>(),
        asked in prop::collection::vec((0..4_u8, 1..600_000_i64), 0..8),
    ) {
        let finance = officer("thu", &[(Role::Finance, UNIT)]);
        let mut purse = Purse { paid, bespoken: 0, by_policy: policy.min(paid), owed_to_nobody: nobody };
        for (ground, amount) in asked {
            let ground = [Ground::Policy, Ground::Excess, Ground::Mistaken, Ground::LateSuccess][usize::from(ground)];
            if propose(&purse, ground, amount, &finance, UNIT).is_ok() {
                purse.bespoken += amount;
            }
            prop_assert!(purse.bespoken <= purse.paid);
        }
    }
}

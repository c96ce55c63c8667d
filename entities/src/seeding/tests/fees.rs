//! Fees of a seed file: conditions are read as data, and senseless ones are told by their line.

use crate::seeding::reading::read;
use crate::seeding::shipped;
use rules::fees::{PersonCondition, Reduction, RefundWhen};

fn justice() -> &'static str {
    shipped::FILES.iter().find(|(name, _)| name.ends_with("justice.yaml")).unwrap().1
}

fn complaints(text: &str) -> Vec<String> {
    read("bad.yaml", text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn f_05_l_54_a_reduction_is_all_a_share_or_a_sum() {
    let justice = read("justice.yaml", justice()).unwrap();
    let fees = &justice.procedures[0].record.revision.channels[0].fees[0];

    let told: Vec<_> =
        fees.reliefs.iter().map(|r| (r.code.as_str(), r.reduction, r.evidence.as_deref())).collect();

    assert_eq!(
        told,
        [
            ("LL-MIEN", Reduction::Whole, Some("LL-04")),
            ("LL-GIAM", Reduction::Amount(100_000), Some("LL-04"))
        ]
    );
    assert_eq!(fees.reliefs[1].who, [PersonCondition::NguoiCoCong]);
    let business =
        shipped::FILES.iter().find(|(name, _)| name.ends_with("household-business.yaml")).unwrap().1;
    let business = read("b.yaml", business).unwrap();
    let online = &business.procedures[0].record.revision.channels[1].fees[0];
    assert_eq!(online.reliefs[0].reduction, Reduction::Percent(50));
    assert_eq!(online.refund.as_ref().map(|terms| terms.when), Some(RefundWhen::WhenRefused));
}

#[test]
fn f_05_senseless_conditions_are_told() {
    let line = |part: &str| justice().lines().position(|line| line.contains(part)).unwrap() + 1;
    for (good, bad, complaint) in [
        (
            "amount: 100000 }",
            "percent: 101 }",
            "relief `LL-GIAM`: reduction: 1 to 100 percent, or an amount above 0",
        ),
        (
            "amount: 100000 }",
            "percent: 0 }",
            "relief `LL-GIAM`: reduction: 1 to 100 percent, or an amount above 0",
        ),
        (
            "evidence: \"LL-04\"",
            "evidence: \"LL-09\"",
            "relief `LL-MIEN`: evidence: is no component of the procedure",
        ),
        ("code: \"LL-GIAM\"", "code: \"LL-MIEN\"", "reliefs: a code is given twice"),
    ] {
        let told = complaints(&justice().replacen(good, bad, 1));

        let first = format!("bad.yaml:{}:", line("- channel: desk"));
        assert!(told.iter().all(|one| one.starts_with(&first) && one.contains(complaint)), "{bad}: {told:?}");
    }
}

#[test]
fn f_05_an_unknown_condition_is_told_by_its_line() {
    let place = justice().lines().position(|line| line.contains("who: [nguoi_co_cong]")).unwrap() + 1;
    for (good, bad) in [
        ("who: [nguoi_co_cong]", "who: [nguoi_giau]"),
        ("reduction: { amount: 100000 }", "reduction: half"),
        ("reduction: { amount: 100000 }", "reduction: { amount: 100000, percent: 5 }"),
        ("reduction: { amount: 100000 }", "reduction: { share: 5 }"),
    ] {
        let told = complaints(&justice().replacen(good, bad, 1));

        let near = (place..place + 3).any(|line| told[0].starts_with(&format!("bad.yaml:{line}:")));
        assert!(near, "{bad}: {told:?}");
    }
}

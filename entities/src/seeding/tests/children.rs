//! Planned children of a seed file: senseless ones are told, and the shipped ones can be opened.

use crate::seeding::reading::read;
use crate::seeding::shipped;
use rules::procedure::ChildUnit;

fn civil_status() -> &'static str {
    shipped::FILES.iter().find(|(name, _)| name.ends_with("civil-status.yaml")).unwrap().1
}

const SHIPPED: &str =
    "- { key: \"thuong-tru\", procedure: \"1.004222\", unit: same_authority, shared: [\"KS-02\"] }";

#[test]
fn l_31_senseless_children_are_told() {
    for (children, expected) in [
        (
            "- { key: \"a\", procedure: \"1.004222\", unit: same_authority, shared: [\"XX\"] }",
            "component that the procedure has not",
        ),
        ("- { key: \"a\", procedure: \"thường trú\", unit: same_authority }", "not a code such as"),
        ("- { key: \"a\", procedure: \"1.004222\", unit: { code: \" \" } }", "needs a code"),
        ("- { key: \"a\", procedure: \"1.004222\", unit: { tier: commune }, order: 0 }", "begins with 1"),
        ("- { key: \"\", procedure: \"1.004222\", unit: same_authority }", "needs a key"),
        ("- { key: \"a\", procedure: \"1.004222\", unit: anywhere }", "unknown variant"),
    ] {
        let bad = civil_status().replacen(SHIPPED, children, 1);
        let told: Vec<String> = read("bad.yaml", &bad).unwrap_err().iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains(expected), "{children}: {told:?}");
    }
    let twice = civil_status().replacen(SHIPPED, &format!("{SHIPPED}\n        {SHIPPED}"), 1);
    assert!(read("bad.yaml", &twice).unwrap_err()[0].to_string().contains("listed twice"));
}

#[test]
fn l_31_the_shipped_children_are_procedures_of_the_catalogue_that_their_unit_settles() {
    let seeds = shipped::seeds().unwrap();
    let mut planned = 0;
    for parent in &seeds.procedures {
        for plan in &parent.record.revision.children {
            let child = seeds.procedures.iter().find(|p| p.record.national_code == plan.procedure);
            let child = &child.unwrap_or_else(|| panic!("{}: no such procedure", plan.key)).record.revision;
            let main = &parent.record.revision;
            assert_eq!(plan.unit, ChildUnit::SameAuthority, "{}", plan.key);
            assert!(main.tiers.iter().all(|tier| child.tiers.contains(tier)), "{}: tiers", plan.key);
            assert!(
                main.channels.iter().all(|way| child.terms(way.channel).is_some()),
                "{}: channels",
                plan.key
            );
            planned += 1;
        }
    }
    assert_eq!(planned, 2);
}

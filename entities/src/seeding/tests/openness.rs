//! What a procedure must say of itself before it may be published.

use crate::seeding::reading::read;
use crate::seeding::shipped;
use rules::procedure::Level;
use std::collections::BTreeSet;

fn military() -> &'static str {
    shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap().1
}

fn first_error(text: &str) -> String {
    read("a", text).unwrap_err()[0].message.clone()
}

#[test]
fn l_18_a_service_that_is_not_wholly_online_says_why() {
    for seed in shipped::seeds().unwrap().procedures {
        let says = &seed.record.revision;
        let partly = says.level == Level::MotPhan;
        assert_eq!(says.partial_reason.is_some(), partly, "{}", seed.record.national_code);
    }
    let whole = military().replacen("level: mot_phan", "level: toan_trinh", 1);
    let silent =
        military().lines().filter(|line| !line.contains("partial_reason")).collect::<Vec<_>>().join("\n");

    assert!(first_error(&whole).contains("toan_trinh has none"), "{}", first_error(&whole));
    assert!(first_error(&silent).contains("mot_phan must say why"), "{}", first_error(&silent));
}

#[test]
fn l_53_a_procedure_without_internal_steps_is_not_taken() {
    let without = military().replace("steps:", "stepz:");

    assert!(read("a", &without).is_err());
    for seed in shipped::seeds().unwrap().procedures {
        assert!(!seed.record.revision.steps.is_empty(), "{}", seed.record.national_code);
    }
}

#[test]
fn l_53_a_step_may_have_another_time_at_a_tier_or_a_unit_and_nowhere_else() {
    let limits = |unit: &str| {
        let own = format!("limits: {{ \"{unit}\": {{ amount: 3, unit: half_working_days }} }}, limit: ");
        military().replacen("limit: ", &own, 2).replacen(&own, "limit: ", 1)
    };

    for unit in ["province", "H55.101", "000.01.40.H55"] {
        assert!(read("a", &limits(unit)).is_ok(), "{unit}: {:?}", read("a", &limits(unit)));
    }
    assert!(
        first_error(&limits("comune")).contains("neither a tier nor the code"),
        "{}",
        first_error(&limits("comune"))
    );
}

#[test]
fn l_58_how_long_a_dossier_is_kept_is_a_field_of_its_procedure() {
    let kept: Vec<Option<u16>> = shipped::seeds()
        .unwrap()
        .procedures
        .iter()
        .map(|seed| seed.record.revision.retention_years)
        .collect();

    assert!(kept.iter().any(Option::is_some) && kept.iter().any(Option::is_none), "years, or for ever");
}

#[test]
fn l_55_the_decision_that_publishes_a_procedure_is_a_number_and_a_day() {
    let decided = military().replacen(
        "      name:",
        "      decision: { number: \"QĐ 12/QĐ-UBND\", on: \"2023-12-20\" }\n      name:",
        1,
    );

    let seeds = read("a", &decided).unwrap();

    let decision = seeds.procedures[0].record.revision.decision.as_ref().unwrap();
    assert_eq!(
        (decision.number.as_str(), decision.on.to_string()),
        ("QĐ 12/QĐ-UBND", "2023-12-20".to_owned())
    );
    assert!(read("a", &decided.replacen("2023-12-20", "20/12/2023", 1)).is_err());
}

#[test]
fn ma_thanh_phan_papers_and_results_go_by_codes_of_their_own() {
    for seed in shipped::seeds().unwrap().procedures {
        let says = &seed.record.revision;
        let codes = says.components.iter().map(|c| &c.code).chain(says.results.iter().map(|r| &r.code));
        let codes: Vec<&String> = codes.collect();
        let different: BTreeSet<&&String> = codes.iter().collect();
        assert_eq!(codes.len(), different.len(), "{}: {codes:?}", seed.record.national_code);
    }
    let twice = military().replacen("QS-02", "QS-01", 1);

    assert!(first_error(&twice).contains("component `QS-01` is listed twice"), "{}", first_error(&twice));
}

//! Handing in for somebody else (I-04, I-05, R-N5): when a ground must be told, and what each ground needs.

use crate::office::day;
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;
use rules::mandates::{Asking, Ground, Mandate, Way, is_needed, violations};
use rules::procedure::ApplicantKind;
use uuid::Uuid;

const HELPER: &str = "006099000002";
const PERSON: &str = "006199000001";
const COMPANY: &str = "4700000001";

fn today() -> NaiveDate {
    day("2026-03-10")
}

fn asking() -> Asking<'static> {
    Asking {
        helps: false,
        vouched: Some(HELPER),
        number: Some(PERSON),
        kind: ApplicantKind::Citizen,
        online: true,
        today: today(),
    }
}

fn helping() -> Asking<'static> {
    Asking { helps: true, ..asking() }
}

fn for_a_company() -> Asking<'static> {
    Asking { number: Some(COMPANY), kind: ApplicantKind::Enterprise, ..asking() }
}

fn signed(ground: Ground) -> Mandate {
    Mandate {
        ground,
        way: Some(Way::Signed),
        given_on: Some(today()),
        until: Some(day("2026-06-30")),
        witness: None,
        proof: Some(Uuid::nil()),
    }
}

fn spoken() -> Mandate {
    Mandate {
        way: Some(Way::Spoken),
        witness: Some("Lý Thị Chứng".into()),
        proof: None,
        ..signed(Ground::Helper)
    }
}

fn told(mandate: &Mandate, asking: &Asking<'_>) -> Vec<(String, &'static str)> {
    violations(Some(mandate), asking).into_iter().map(|wrong| (wrong.pointer, wrong.code)).collect()
}

#[track_caller]
fn only(mandate: &Mandate, asking: &Asking<'_>, member: &str, code: &str) {
    assert_eq!(told(mandate, asking), [(format!("/mandate{member}"), code)], "{mandate:?}");
}

#[test]
fn i_05_who_hands_in_for_another_number_needs_a_ground() {
    let own = Asking { vouched: Some(PERSON), ..asking() };
    let company = Asking { vouched: Some(COMPANY), ..for_a_company() };
    let unknown = Asking { vouched: None, ..asking() };
    let unnumbered = Asking { number: None, ..asking() };
    let at_a_desk = Asking { online: false, ..asking() };

    for (who, needed) in [
        (asking(), true),
        (for_a_company(), true),
        (own, false),
        (company, false),
        (unknown, false),
        (unnumbered, false),
        (at_a_desk, false),
    ] {
        assert_eq!(is_needed(&who), needed, "{who:?}");
        assert_eq!(violations(None, &who).len(), usize::from(needed), "{who:?}");
    }
}

#[test]
fn r_n5_a_helper_needs_one_whatever_numbers_are_told_but_not_for_themselves() {
    let anybody = Asking { vouched: None, number: None, ..helping() };
    let oneself = Asking { number: Some(HELPER), ..helping() };

    assert!(is_needed(&helping()) && is_needed(&anybody));
    assert!(!is_needed(&oneself));
    assert_eq!(violations(None, &anybody)[0].code, "mandate_missing");
}

#[test]
fn each_ground_is_good_when_nothing_is_missing() {
    let guardian = Mandate {
        ground: Ground::Guardian,
        way: None,
        given_on: None,
        until: None,
        witness: None,
        proof: None,
    };
    for (mandate, who) in [
        (signed(Ground::Helper), helping()),
        (spoken(), helping()),
        (signed(Ground::Proxy), asking()),
        (signed(Ground::Proxy), for_a_company()),
        (Mandate { way: None, ..signed(Ground::Proxy) }, asking()),
        (signed(Ground::Representative), for_a_company()),
        (guardian, asking()),
        (signed(Ground::Guardian), helping()),
    ] {
        assert_eq!(told(&mandate, &who), [], "{mandate:?}");
    }
}

#[test]
fn a_mandate_is_for_somebody_else_and_online() {
    let oneself = Asking { vouched: Some(PERSON), ..asking() };
    let at_a_desk = Asking { online: false, ..asking() };

    only(&signed(Ground::Proxy), &oneself, "", "mandate_of_oneself");
    only(&signed(Ground::Proxy), &at_a_desk, "", "mandate_not_online");
}

#[test]
fn a_ground_fits_who_asks_and_for_whom() {
    only(&spoken(), &asking(), "/ground", "not_a_community_helper");
    only(&signed(Ground::Representative), &asking(), "/ground", "ground_not_fitting");
    only(&signed(Ground::Guardian), &for_a_company(), "/ground", "ground_not_fitting");
}

#[test]
fn a_consent_says_how_before_whom_when_and_until_when() {
    let who = helping();
    only(&Mandate { way: None, ..spoken() }, &who, "/way", "way_missing");
    only(&Mandate { witness: None, ..spoken() }, &who, "/witness", "witness_missing");
    only(&Mandate { witness: Some(" — ".into()), ..spoken() }, &who, "/witness", "witness_missing");
    only(&Mandate { witness: Some("ă".repeat(201)), ..spoken() }, &who, "/witness", "too_long");
    only(&Mandate { proof: None, ..signed(Ground::Helper) }, &who, "/proof", "proof_missing");
    only(&Mandate { given_on: None, ..spoken() }, &who, "/given_on", "given_on_missing");
    only(&Mandate { until: None, ..spoken() }, &who, "/until", "until_missing");
}

#[test]
fn i_05_proxies_and_representatives_show_a_signed_paper() {
    for (ground, who) in [(Ground::Proxy, asking()), (Ground::Representative, for_a_company())] {
        let nothing = Mandate { proof: None, ..signed(ground) };
        let by_word = Mandate { way: Some(Way::Spoken), ..signed(ground) };

        only(&nothing, &who, "/proof", "proof_missing");
        only(&by_word, &who, "/way", "not_in_writing");
    }
}

#[test]
fn a_consent_is_at_most_thirty_days_old_and_for_at_most_a_hundred_and_eighty() {
    let given = |days| Mandate { given_on: today().checked_sub_days(Days::new(days)), ..spoken() };
    let until = |days| Mandate { until: today().checked_add_days(Days::new(days)), ..spoken() };

    assert_eq!(told(&given(30), &helping()), []);
    only(&given(31), &helping(), "/given_on", "consent_too_old");
    assert_eq!(told(&until(180), &helping()), []);
    only(&until(181), &helping(), "/until", "until_too_far");
    only(
        &Mandate { given_on: Some(day("2026-03-11")), ..spoken() },
        &helping(),
        "/given_on",
        "in_the_future",
    );
}

#[test]
fn a_power_of_attorney_without_a_term_holds_for_a_year() {
    let open = |given| Mandate { given_on: Some(given), until: None, ..signed(Ground::Proxy) };

    assert_eq!(open(day("2025-03-10")).last_day(), Some(today()));
    assert_eq!(told(&open(day("2025-03-10")), &asking()), []);
    only(&open(day("2025-03-09")), &asking(), "/until", "mandate_over");
    let long = Mandate { until: Some(day("2036-03-18")), ..signed(Ground::Proxy) };
    only(&long, &asking(), "/until", "until_too_far");
    assert_eq!(Mandate { until: None, ..signed(Ground::Representative) }.last_day(), None);
}

#[test]
fn a_mandate_holds_to_the_end_of_its_last_day_in_local_time() {
    let last = Mandate { until: Some(today()), ..signed(Ground::Proxy) };
    let end: DateTime<Utc> = "2026-03-10T17:00:00Z".parse().unwrap();

    assert_eq!(last.ends_at(), Some(end));
    assert_eq!(told(&last, &asking()), []);
    only(&Mandate { until: Some(day("2026-03-09")), ..last }, &asking(), "/until", "mandate_over");
}

fn days() -> impl Strategy<Value = Option<NaiveDate>> {
    prop::option::of((0_u64..900).prop_map(|n| day("2024-12-01").checked_add_days(Days::new(n)).unwrap()))
}

fn mandates() -> impl Strategy<Value = Mandate> {
    let ground = prop::sample::select(Ground::ALL.to_vec());
    let way = prop::sample::select(vec![None, Some(Way::Signed), Some(Way::Spoken)]);
    let witness = prop::option::of("[ A-Za-zĐđ]{0,12}");
    (ground, way, days(), days(), witness, any::<bool>()).prop_map(
        |(ground, way, given_on, until, witness, proof)| Mandate {
            ground,
            way,
            given_on,
            until,
            witness,
            proof: proof.then(Uuid::nil),
        },
    )
}

fn askings() -> impl Strategy<Value = Asking<'static>> {
    let numbers = || prop::sample::select(vec![None, Some(HELPER), Some(PERSON), Some(COMPANY)]);
    let kinds = prop::sample::select(vec![ApplicantKind::Citizen, ApplicantKind::Enterprise]);
    (any::<bool>(), numbers(), numbers(), kinds, any::<bool>()).prop_map(
        |(helps, vouched, number, kind, online)| Asking {
            helps,
            vouched,
            number,
            kind,
            online,
            today: today(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_taken_can_be_shown_and_ends(mandate in mandates(), who in askings()) {
        if !violations(Some(&mandate), &who).is_empty() {
            return Ok(());
        }

        prop_assert!(who.online && (who.number.is_none() || who.number != who.vouched));
        prop_assert!(mandate.given_on.is_none_or(|given| given <= today()));
        prop_assert!(mandate.ends_at().is_none_or(|end| end > "2026-03-10T16:59:59Z".parse::<DateTime<Utc>>().unwrap()));
        let shown = mandate.proof.is_some() || mandate.witness().is_some();
        prop_assert!(shown || mandate.ground == Ground::Guardian);
        prop_assert!(mandate.ends_at().is_some() || matches!(mandate.ground, Ground::Representative | Ground::Guardian));
        prop_assert!(mandate.ground != Ground::Helper || who.helps);
    }

    #[test]
    fn nobody_needs_a_ground_whose_ground_is_refused_as_needless(mandate in mandates(), who in askings()) {
        let needless = violations(Some(&mandate), &who).iter().any(|wrong| wrong.pointer == "/mandate");

        prop_assert!(!(needless && is_needed(&who)));
        prop_assert_eq!(violations(None, &who).is_empty(), !is_needed(&who));
    }
}

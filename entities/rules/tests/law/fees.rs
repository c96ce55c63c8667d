//! Money: what is asked of whom, how much less, and why not less (law.md §4.1).

use crate::office::day;
use proptest::prelude::*;
use rules::fees::{Circumstances, FeeKind, PersonCondition, Quote, Reduction, Relief, Tariff, WhyNot, quote};

const POOR: PersonCondition = PersonCondition::HoNgheo;
const CHILD: PersonCondition = PersonCondition::TreEm;
const MERIT: PersonCondition = PersonCondition::NguoiCoCong;

pub(crate) fn tariff(kind: FeeKind, amount: u32) -> Tariff {
    Tariff {
        code: "KT".into(),
        name: "Khoản thử".into(),
        kind,
        amount,
        unit: "hồ sơ".into(),
        valid_from: None,
        valid_to: None,
        reliefs: Vec::new(),
        refund: None,
        legal_basis: "Văn bản thử".into(),
    }
}

fn relief(code: &str, who: &[PersonCondition], reduction: Reduction) -> Relief {
    Relief {
        code: code.into(),
        name: "Miễn, giảm thử".into(),
        name_en: "A trial relief".into(),
        who: who.to_vec(),
        places: Vec::new(),
        evidence: None,
        reduction,
        cumulative: false,
        valid_from: None,
        valid_to: None,
        legal_basis: "Văn bản thử".into(),
    }
}

fn with(amount: u32, reliefs: Vec<Relief>) -> Tariff {
    Tariff { reliefs, ..tariff(FeeKind::Phi, amount) }
}

pub(crate) fn asked(tariffs: &[Tariff], on: &str, claims: &[PersonCondition], places: &[&str]) -> Quote {
    quote(tariffs, &Circumstances { on: day(on), quantity: 1, claims, places })
}

#[test]
fn f_01_phi_and_le_phi_are_two_sums() {
    let tariffs = [tariff(FeeKind::Phi, 30_000), tariff(FeeKind::LePhi, 50_000), tariff(FeeKind::Phi, 2_000)];

    let quote = asked(&tariffs, "2026-03-10", &[], &[]);

    let sums = (quote.of_kind(FeeKind::Phi), quote.of_kind(FeeKind::LePhi), quote.total);
    assert_eq!(sums, (32_000, 50_000, 82_000));
}

#[test]
fn f_02_counted_charges_are_asked_by_the_unit_and_others_once() {
    let tariffs =
        [Tariff { unit: "trang".into(), ..tariff(FeeKind::Phi, 2_000) }, tariff(FeeKind::LePhi, 50_000)];

    let of = |quantity| {
        quote(&tariffs, &Circumstances { on: day("2026-03-10"), quantity, claims: &[], places: &[] })
    };

    assert_eq!((of(0).total, of(1).total, of(6).total), (52_000, 52_000, 62_000));
}

#[test]
fn f_05_a_tariff_is_asked_within_its_dates_only() {
    let tariffs = [
        Tariff { valid_to: Some(day("2025-12-31")), ..tariff(FeeKind::LePhi, 10_000) },
        Tariff { valid_from: Some(day("2026-01-01")), ..tariff(FeeKind::LePhi, 20_000) },
    ];

    let totals = ["2025-12-31", "2026-01-01"].map(|on| asked(&tariffs, on, &[], &[]).total);

    assert_eq!(totals, [10_000, 20_000]);
}

#[test]
fn f_05_a_relief_is_given_to_whom_it_is_for() {
    let tariffs = [with(8_000, vec![relief("M", &[POOR, MERIT], Reduction::Whole)])];

    let nobody = asked(&tariffs, "2026-03-10", &[], &[]);
    let poor = asked(&tariffs, "2026-03-10", &[POOR], &[]);

    assert_eq!((nobody.total, poor.total), (8_000, 0));
    let given = &poor.lines[0].reliefs[0];
    assert_eq!((given.code.as_str(), given.claim, given.reduction), ("M", Some(POOR), 8_000));
    assert_eq!(poor.lines[0].full_amount(), 8_000, "what it would have cost stays to be seen");
}

#[test]
fn f_05_an_online_reduction_ends_on_its_day_and_needs_no_claim() {
    let until = Relief { valid_to: Some(day("2026-12-31")), ..relief("TT", &[], Reduction::Percent(50)) };
    let tariffs = [with(50_000, vec![until])];

    let totals = ["2026-12-31", "2027-01-01"].map(|on| asked(&tariffs, on, &[], &[]).total);

    assert_eq!(totals, [25_000, 50_000]);
}

#[test]
fn f_05_a_relief_holds_at_its_places_and_below_its_units() {
    let there =
        Relief { places: vec!["H03.36".into(), "02020".into()], ..relief("X", &[], Reduction::Whole) };
    let tariffs = [with(8_000, vec![there])];

    let total = |places: &[&str]| asked(&tariffs, "2026-03-10", &[], places).total;

    assert_eq!((total(&["H03.36", "06"]), total(&["H03.36.01"]), total(&["H55.1", "02020"])), (0, 0, 0));
    assert_eq!(
        (total(&["H03.3"]), total(&["H03.361"]), total(&["0202"]), total(&[])),
        (8_000, 8_000, 8_000, 8_000)
    );
}

#[test]
fn f_05_of_several_the_best_for_the_payer_is_given_alone() {
    let tariffs = [with(
        100_000,
        vec![
            relief("TT", &[], Reduction::Percent(30)),
            relief("NCC", &[MERIT], Reduction::Percent(50)),
            relief("NV", &[CHILD], Reduction::Amount(40_000)),
        ],
    )];

    let all = asked(&tariffs, "2026-03-10", &[MERIT, CHILD], &[]);

    assert_eq!((all.total, all.lines[0].reliefs.len()), (50_000, 1));
    assert_eq!(all.lines[0].reliefs[0].code, "NCC");
    assert_eq!(
        all.not_given.iter().map(|n| (n.claim, n.why)).collect::<Vec<_>>(),
        [(CHILD, WhyNot::NothingBetter)]
    );
}

#[test]
fn f_05_reliefs_add_up_only_where_the_data_say_so() {
    let together = |code, reduction| Relief { cumulative: true, ..relief(code, &[], reduction) };
    let both = [with(
        100_000,
        vec![
            together("A", Reduction::Percent(30)),
            together("B", Reduction::Amount(60_000)),
            relief("C", &[POOR], Reduction::Percent(80)),
        ],
    )];
    let too_much =
        [with(50_000, vec![together("A", Reduction::Percent(30)), together("B", Reduction::Amount(60_000))])];

    assert_eq!(asked(&both, "2026-03-10", &[], &[]).total, 10_000);
    assert_eq!(
        asked(&both, "2026-03-10", &[POOR], &[]).lines[0].reliefs.len(),
        2,
        "together they take off more"
    );
    assert_eq!(asked(&too_much, "2026-03-10", &[], &[]).total, 0, "never below 0");
}

#[test]
fn f_05_a_claim_that_brings_nothing_says_why() {
    let old = Relief { valid_to: Some(day("2025-12-31")), ..relief("CU", &[CHILD], Reduction::Whole) };
    let far = Relief { places: vec!["H01".into()], ..relief("XA", &[MERIT], Reduction::Whole) };
    let tariffs = [with(8_000, vec![old, far])];

    let told = asked(&tariffs, "2026-03-10", &[CHILD, MERIT, POOR, POOR], &["H03"]);

    let why: Vec<_> = told.not_given.iter().map(|n| (n.claim, n.why)).collect();
    assert_eq!(why, [(POOR, WhyNot::NoRelief), (CHILD, WhyNot::NotInForce), (MERIT, WhyNot::NotHere)]);
    assert!(why.iter().all(|(_, why)| !why.vi().is_empty() && !why.en().is_empty()));
}

#[test]
fn f_07_what_remains_of_a_percentage_is_rounded_down_to_whole_dong_once_a_line() {
    for (full, hundredths, remains) in
        [(15_001, 50, 7_500), (999, 33, 669), (1, 1, 0), (1, 100, 0), (100, 1, 99)]
    {
        assert_eq!(full - Reduction::Percent(hundredths).of(full), remains, "{full} − {hundredths} %");
    }
    let by_the_page =
        Tariff { unit: "trang".into(), ..with(1_001, vec![relief("G", &[], Reduction::Percent(50))]) };
    let asked = Circumstances { on: day("2026-03-10"), quantity: 3, claims: &[], places: &[] };
    assert_eq!(quote(&[by_the_page], &asked).total, 1_501, "the line is halved, not the page");
}

#[test]
fn f_05_a_tariff_and_a_quote_written_before_reliefs_are_still_read() {
    let tariff: Tariff = serde_json::from_str(
        r#"{"code": "PHI-CC", "name": "Phí", "kind": "phi", "amount": 2000, "legal_basis": "TT 226/2016/TT-BTC"}"#,
    )
    .unwrap();
    let kept = r#"{"lines":[{"code":"PHI-CC","name":"Phí","kind":"phi","unit_amount":2000,"quantity":6,"amount":12000,"legal_basis":"TT 226/2016/TT-BTC"}],"total":12000}"#;
    let quote: Quote = serde_json::from_str(kept).unwrap();

    assert!(tariff.reliefs.is_empty() && tariff.refund.is_none());
    assert_eq!((quote.of_kind(FeeKind::Phi), quote.lines[0].full_amount()), (12_000, 12_000));
    assert_eq!(serde_json::to_string(&quote).unwrap(), kept, "and written as it was");
}

pub(crate) fn ten_thousand() -> ProptestConfig {
    ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() }
}

fn conditions() -> impl Strategy<Value = PersonCondition> {
    (0..PersonCondition::ALL.len()).prop_map(|n| PersonCondition::ALL[n])
}

fn reductions() -> impl Strategy<Value = Reduction> {
    prop_oneof![
        Just(Reduction::Whole),
        any::<u8>().prop_map(Reduction::Percent),
        (0..200_000_u32).prop_map(Reduction::Amount),
        any::<u32>().prop_map(Reduction::Amount),
    ]
}

fn reliefs() -> impl Strategy<Value = Relief> {
    let who = prop::collection::vec(conditions(), 0..3);
    let places = prop::collection::vec(prop_oneof![Just("H03".to_owned()), Just("02020".to_owned())], 0..2);
    (0..4_u8, who, places, reductions(), any::<bool>(), prop::option::of(0..3_u64)).prop_map(
        |(code, who, places, reduction, cumulative, ends)| Relief {
            places,
            cumulative,
            valid_to: ends.map(|days| day("2026-03-09") + chrono::Days::new(days)),
            ..relief(&format!("R{code}"), &who, reduction)
        },
    )
}

fn tariffs() -> impl Strategy<Value = Vec<Tariff>> {
    let amounts = prop_oneof![0..300_000_u32, any::<u32>()];
    let one = (any::<bool>(), any::<bool>(), amounts, prop::collection::vec(reliefs(), 0..5));
    let one = one.prop_map(|(phi, counted, amount, reliefs)| Tariff {
        reliefs,
        unit: if counted { "bản" } else { "hồ sơ" }.into(),
        ..tariff(if phi { FeeKind::Phi } else { FeeKind::LePhi }, amount)
    });
    prop::collection::vec(one, 0..4)
}

proptest! {
    #![proptest_config(ten_thousand())]

    #[test]
    fn f_05_no_line_is_below_nothing_or_above_its_full_amount_and_the_sums_agree(
        tariffs in tariffs(), quantity in 0..100_000_u32, claims in prop::collection::vec(conditions(), 0..4),
    ) {
        let asked = Circumstances { on: day("2026-03-10"), quantity, claims: &claims, places: &["H03.36", "06"] };
        let quote = quote(&tariffs, &asked);

        for line in &quote.lines {
            prop_assert!((0..=line.full_amount()).contains(&line.amount));
            let off: i64 = line.reliefs.iter().map(|given| given.reduction).sum();
            prop_assert_eq!(line.amount + off, line.full_amount());
        }
        prop_assert_eq!(quote.lines.iter().map(|line| line.amount).sum::<i64>(), quote.total);
        prop_assert_eq!(quote.of_kind(FeeKind::Phi) + quote.of_kind(FeeKind::LePhi), quote.total);
    }

    #[test]
    fn f_05_who_claims_more_never_pays_more(
        tariffs in tariffs(), claims in prop::collection::vec(conditions(), 0..3), more in prop::collection::vec(conditions(), 1..4),
    ) {
        let on = day("2026-03-10");
        let all: Vec<PersonCondition> = claims.iter().chain(&more).copied().collect();
        let of = |claims: &[PersonCondition]| quote(&tariffs, &Circumstances { on, quantity: 2, claims, places: &["H03"] });
        prop_assert!(of(&all).total <= of(&claims).total);
    }

    #[test]
    fn f_05_every_claim_is_either_given_or_told_why_not(
        tariffs in tariffs(), claims in prop::collection::vec(conditions(), 0..5),
    ) {
        let asked = Circumstances { on: day("2026-03-10"), quantity: 1, claims: &claims, places: &[] };
        let quote = quote(&tariffs, &asked);
        for line in &quote.lines {
            for claim in line.reliefs.iter().filter_map(|given| given.claim) {
                prop_assert!(claims.contains(&claim));
                prop_assert!(!quote.not_given.iter().any(|not| not.claim == claim));
            }
        }
        prop_assert!(quote.not_given.iter().all(|not| claims.contains(&not.claim)));
    }
}

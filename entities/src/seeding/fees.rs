//! What is wrong with the fees of one channel: dates, reliefs and refund terms (F-05, F-06).

use rules::fees::{Reduction, Relief, Tariff};
use rules::procedure::{ChannelTerms, Component};
use std::collections::BTreeSet;

/// Everything wrong, in words.
pub(super) fn misfits(terms: &ChannelTerms, components: &[Component]) -> Vec<String> {
    terms.fees.iter().flat_map(|tariff| of_tariff(tariff, components)).collect()
}

fn of_tariff(tariff: &Tariff, components: &[Component]) -> Vec<String> {
    let code = &tariff.code;
    let mut wrong = Vec::new();
    let mut demand = |holds: bool, words: &str| {
        if !holds {
            wrong.push(format!("fee `{code}`: {words}"));
        }
    };
    demand(said(code) && said(&tariff.name) && said(&tariff.legal_basis), "needs code, name and legal_basis");
    demand(in_order(tariff.valid_from, tariff.valid_to), "valid_to is before valid_from");
    let based = tariff.refund.as_ref().is_none_or(|terms| said(&terms.legal_basis));
    demand(based, "refund: needs its legal_basis");
    let mut seen = BTreeSet::new();
    let once = tariff.reliefs.iter().all(|relief| seen.insert(relief.code.as_str()));
    demand(once, "reliefs: a code is given twice");
    wrong.extend(tariff.reliefs.iter().flat_map(|relief| of_relief(code, relief, components)));
    wrong
}

fn of_relief(fee: &str, relief: &Relief, components: &[Component]) -> Vec<String> {
    let named =
        [&relief.code, &relief.name, &relief.name_en, &relief.legal_basis].into_iter().all(|text| said(text));
    let sensible = match relief.reduction {
        Reduction::Whole => true,
        Reduction::Percent(hundredths) => (1..=100).contains(&hundredths),
        Reduction::Amount(amount) => amount > 0,
    };
    let known = |code: &String| components.iter().any(|component| component.code == *code);
    let checks = [
        (named, "needs code, name, name_en and legal_basis"),
        (sensible, "reduction: 1 to 100 percent, or an amount above 0"),
        (in_order(relief.valid_from, relief.valid_to), "valid_to is before valid_from"),
        (relief.evidence.as_ref().is_none_or(known), "evidence: is no component of the procedure"),
        (
            relief.evidence.is_none() || !relief.who.is_empty(),
            "evidence: only a claim is proved; say who it is for",
        ),
    ];
    let failed = checks.into_iter().filter(|(holds, _)| !holds);
    failed.map(|(_, words)| format!("fee `{fee}`, relief `{}`: {words}", relief.code)).collect()
}

fn said(text: &str) -> bool {
    !text.trim().is_empty()
}

fn in_order(from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>) -> bool {
    from.zip(to).is_none_or(|(from, to)| from <= to)
}

//! Every word that people meet in the program stands in the glossary.

use super::sources::{self, assert_none};
use super::variants;
use std::collections::BTreeSet;

const WORDS: &[(&str, &str)] = &[
    ("entities/rules/src/actor.rs", "Role"),
    ("entities/rules/src/status.rs", "Status"),
    ("entities/rules/src/past/mod.rs", "Turn"),
    ("entities/rules/src/lifecycle/act_kind.rs", "ActKind"),
    ("entities/rules/src/lifecycle/mod.rs", "Fee"),
    ("entities/rules/src/lifecycle/mod.rs", "Effect"),
    ("entities/rules/src/jobs.rs", "Job"),
    ("entities/rules/src/queue.rs", "Queue"),
    ("entities/rules/src/procedure.rs", "Channel"),
    ("entities/rules/src/procedure.rs", "Tier"),
    ("entities/rules/src/procedure.rs", "Level"),
    ("entities/rules/src/procedure.rs", "ApplicantKind"),
    ("entities/rules/src/procedure.rs", "PaymentMoment"),
    ("entities/rules/src/procedure.rs", "SupplementClock"),
    ("entities/rules/src/fees/tariff.rs", "FeeKind"),
    ("entities/rules/src/fees/tariff.rs", "RefundWhen"),
    ("entities/rules/src/fees/reliefs.rs", "PersonCondition"),
    ("entities/rules/src/fees/reliefs.rs", "Reduction"),
    ("entities/rules/src/fees/quoting.rs", "WhyNot"),
    ("entities/rules/src/fees/refunds.rs", "Ground"),
    ("entities/rules/src/fees/refunds.rs", "RefundState"),
    ("entities/src/payments/desk.rs", "PaymentWay"),
    ("entities/rules/src/fees/receipts.rs", "Medium"),
    ("entities/rules/src/fees/statements.rs", "DifferenceKind"),
    ("entities/rules/src/papers/stages.rs", "Stage"),
    ("entities/rules/src/papers/stages.rs", "ItemState"),
    ("entities/rules/src/papers/stages.rs", "WaitsFor"),
    ("entities/rules/src/papers/stages.rs", "Origin"),
    ("entities/rules/src/papers/stages.rs", "PaperKind"),
    ("entities/rules/src/mandates/mod.rs", "Ground"),
    ("entities/rules/src/mandates/mod.rs", "Way"),
    ("entities/rules/src/regime.rs", "Regime"),
    ("entities/rules/src/deadlines/limit.rs", "TimeUnit"),
    ("entities/rules/src/deadlines/fold.rs", "ClockKind"),
    ("entities/rules/src/deadlines/fold.rs", "ClockState"),
    ("entities/rules/src/deadlines/segment.rs", "Rule"),
    ("entities/src/dossiers/act.rs", "Outcome"),
    ("entities/src/chronicle/entry.rs", "Kind"),
    ("entities/rules/src/results.rs", "ResultState"),
    ("entities/rules/src/warnings/mod.rs", "WarningKind"),
    ("entities/rules/src/warnings/mod.rs", "Audience"),
    ("entities/src/payments/mod.rs", "Verdict"),
    ("entities/src/pushes/ledger.rs", "Verdict"),
    ("entities/src/reconciliations/mod.rs", "State"),
    ("entities/src/reconciliations/comparing.rs", "Kind"),
    ("entities/src/reconciliations/walking.rs", "Phase"),
    ("workers/connectors/src/post/port.rs", "TrackingState"),
];

#[test]
fn every_word_of_the_office_is_in_the_glossary() {
    let glossary = sources::all().iter().find(|source| source.path == "docs/glossary.md").unwrap();
    let said: BTreeSet<&str> = glossary.text.split('`').skip(1).step_by(2).collect();

    let mut missing = Vec::new();
    for (path, name) in WORDS {
        let keys = variants::keys(path, name).into_iter().filter(|key| !said.contains(key.as_str()));
        missing.extend(keys.map(|key| format!("{name}: `{key}`")));
    }
    let desk = variants::keys("entities/src/dossiers/queues.rs", "Queue").into_iter();
    missing.extend(desk.map(|key| key.replace('_', "-")).filter(|key| !said.contains(key.as_str())));

    assert_none("docs/glossary.md does not explain", &missing);
}

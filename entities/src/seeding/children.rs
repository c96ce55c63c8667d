//! What is wrong with the child dossiers that a procedure plans (L-31).

use super::procedures::is_national_code;
use rules::procedure::{ChildPlan, ChildUnit, Revision};
use std::collections::BTreeSet;

/// Longest key, in characters.
const LONGEST: usize = 60;

/// Everything wrong, in words.
pub(super) fn misfits(revision: &Revision) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let twice = |plan: &ChildPlan| !seen.insert(plan.key.clone());
    let doubled: Vec<bool> = revision.children.iter().map(twice).collect();
    let plans = revision.children.iter().zip(doubled);
    plans.flat_map(|(plan, doubled)| of_plan(revision, plan, doubled)).collect()
}

fn of_plan(revision: &Revision, plan: &ChildPlan, doubled: bool) -> Vec<String> {
    let named = !plan.key.trim().is_empty() && plan.key.chars().count() <= LONGEST;
    let placed = match &plan.unit {
        ChildUnit::Code(code) => !code.trim().is_empty(),
        ChildUnit::SameAuthority | ChildUnit::Tier(_) => true,
    };
    let known = plan.shared.iter().all(|code| revision.component(code).is_some());
    let checks = [
        (named, "needs a key of at most 60 characters"),
        (!doubled, "is listed twice"),
        (is_national_code(&plan.procedure), "procedure is not a code such as 1.001193"),
        (placed, "unit: needs a code"),
        (plan.order != Some(0), "order: begins with 1"),
        (known, "shared: names a component that the procedure has not"),
    ];
    let wrong = checks.into_iter().filter(|(holds, _)| !holds);
    wrong.map(|(_, words)| format!("child `{}`: {words}", plan.key)).collect()
}

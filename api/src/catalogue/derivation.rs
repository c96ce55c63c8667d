//! The JSON form of a derivation: how a due moment was found, step by step.

use super::keys;
use chrono::{DateTime, NaiveDate, Utc};
use rules::calendar::Reason;
use rules::deadlines::{Counted, CountedUnit, Rule, Segment};
use rules::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// A sentence for people in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Words {
    /// In Vietnamese.
    pub(crate) vi: String,
    /// In English.
    pub(crate) en: String,
}

/// One step of a derivation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DerivationStep {
    /// Rule applied.
    #[schema(value_type = keys::ClockRule)]
    rule: Rule,
    /// Id of the rule in the table of rules.
    #[schema(example = "W-02")]
    rule_id: &'static str,
    /// Article that says so.
    legal_reference: String,
    /// First moment.
    from: DateTime<Utc>,
    /// Last moment.
    to: DateTime<Utc>,
    /// What was counted.
    counted: CountedView,
    /// Days that do not count.
    skipped: Vec<DayMarked>,
    /// Saturdays and Sundays that count because they were worked instead.
    worked: Vec<DayMarked>,
    /// The step as an officer would say it.
    words: Words,
}

/// An amount of time in the unit it was counted in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Counted)]
pub(crate) struct CountedView {
    /// How many.
    amount: u32,
    /// Of what.
    #[schema(value_type = keys::CountedUnit)]
    unit: CountedUnit,
}

/// A day that does not count, or that counts against its weekday.
#[derive(Debug, Serialize, ToSchema)]
struct DayMarked {
    /// The local day.
    date: NaiveDate,
    /// Why.
    reason: Words,
    /// Document that orders it; absent for an ordinary weekend.
    document: Option<String>,
}

impl From<Segment> for DerivationStep {
    fn from(segment: Segment) -> Self {
        Self {
            words: Words { vi: segment.words(Lang::Vi), en: segment.words(Lang::En) },
            rule: segment.rule,
            rule_id: segment.rule.id(),
            legal_reference: segment.legal_reference,
            from: segment.from,
            to: segment.to,
            counted: segment.counted.into(),
            skipped: segment.skipped.into_iter().map(|day| DayMarked::of(day.date, day.reason)).collect(),
            worked: segment.worked.into_iter().map(|day| DayMarked::of(day.date, day.reason)).collect(),
        }
    }
}

impl From<Counted> for CountedView {
    fn from(counted: Counted) -> Self {
        Self { amount: counted.amount, unit: counted.unit }
    }
}

impl DayMarked {
    fn of(date: NaiveDate, reason: Reason) -> Self {
        Self { date, reason: Words { vi: reason.vi, en: reason.en }, document: reason.document }
    }
}

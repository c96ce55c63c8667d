//! What will be asked: the same answer for the public quote and for the one frozen on a dossier (F-01, F-05).

use super::reliefs::{PersonCondition, Relief};
use super::tariff::{FeeKind, RefundTerms, Tariff};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a quote depends on besides the tariff.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The local day.
    pub on: NaiveDate,
    /// Units of the counted charges; 0 counts as 1.
    pub quantity: u32,
    /// What the person says to be.
    pub claims: &'a [PersonCondition],
    /// Codes of the receiving unit: its own and that of its administrative unit.
    pub places: &'a [&'a str],
}

/// What will be asked: the lines and their sum in đồng.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The lines in tariff order.
    pub lines: Vec<FeeLine>,
    /// Sum of the lines in đồng.
    pub total: i64,
    /// What was claimed and not given, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_given: Vec<NotGiven>,
}

/// One line of a quote, frozen on the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// Code of the charge.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// Amount of one unit in đồng, before reliefs.
    pub unit_amount: u32,
    /// How many units.
    pub quantity: u32,
    /// Amount asked, in đồng.
    pub amount: i64,
    /// What is given, so that less is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reliefs: Vec<GivenRelief>,
    /// When it is given back; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundTerms>,
    /// Decree, circular or provincial resolution.
    pub legal_basis: String,
}

/// An exemption or reduction as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenRelief {
    /// Code within the charge.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Plain English name.
    pub name_en: String,
    /// The claim it answers; absent where it is for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<PersonCondition>,
    /// Code of the paper that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What is taken off, in đồng.
    pub reduction: i64,
    /// Law, decree, circular or provincial resolution.
    pub legal_basis: String,
}

/// A claim that brought nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotGiven {
    /// What was claimed.
    pub claim: PersonCondition,
    /// Why it brought nothing.
    pub why: WhyNot,
}

/// Why a claim brought nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// No charge asked here has a relief for it.
    NoRelief,
    /// The relief is not in force on the day.
    NotInForce,
    /// The relief does not hold at the unit.
    NotHere,
    /// No less would be asked: what is given already is as good.
    NothingBetter,
}

impl WhyNot {
    /// The reason in Vietnamese.
    pub fn vi(self) -> &'static str {
        match self {
            Self::NoRelief => "Không có mức miễn, giảm nào cho đối tượng này.",
            Self::NotInForce => "Mức miễn, giảm chưa có hoặc đã hết hiệu lực.",
            Self::NotHere => "Mức miễn, giảm không áp dụng tại đơn vị này.",
            Self::NothingBetter => "Mức đang áp dụng đã có lợi bằng hoặc hơn.",
        }
    }

    /// The same in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::NoRelief => "No charge has a relief for this.",
            Self::NotInForce => "The relief is not in force on this day.",
            Self::NotHere => "The relief does not hold at this unit.",
            Self::NothingBetter => "What is given already is as good or better.",
        }
    }
}

/// What these tariffs ask; charges counted by dossier are asked once whatever the quantity.
///
/// Of several reliefs of a charge the one best for the payer is given, or those together that say they add up, if
/// that is better (F-05). No line falls below 0.
pub fn quote(tariffs: &[Tariff], asked: &Circumstances<'_>) -> Quote {
    let due: Vec<&Tariff> = tariffs.iter().filter(|tariff| tariff.in_force(asked.on)).collect();
    let lines: Vec<FeeLine> = due.iter().map(|tariff| line(tariff, asked)).collect();
    let total = lines.iter().map(|line| line.amount).sum();
    let mut claims = asked.claims.to_vec();
    claims.sort();
    claims.dedup();
    let not_given = claims.into_iter().filter_map(|claim| not_given(claim, &due, &lines, asked)).collect();
    Quote { lines, total, not_given }
}

impl Quote {
    /// What is asked of one kind, in đồng: two sums, two accounts (F-01).
    pub fn of_kind(&self, kind: FeeKind) -> i64 {
        self.lines.iter().filter(|line| line.kind == kind).map(|line| line.amount).sum()
    }
}

impl FeeLine {
    /// What the line comes to before reliefs, in đồng.
    pub fn full_amount(&self) -> i64 {
        i64::from(self.unit_amount).saturating_mul(i64::from(self.quantity))
    }
}

fn line(tariff: &Tariff, asked: &Circumstances<'_>) -> FeeLine {
    let once = tariff.unit == Tariff::per_dossier();
    let mut line = FeeLine {
        code: tariff.code.clone(),
        name: tariff.name.clone(),
        kind: tariff.kind,
        unit_amount: tariff.amount,
        quantity: if once { 1 } else { asked.quantity.max(1) },
        amount: 0,
        reliefs: Vec::new(),
        refund: tariff.refund.clone(),
        legal_basis: tariff.legal_basis.clone(),
    };
    let full = line.full_amount();
    line.reliefs = best(tariff, full, asked);
    line.amount = full - line.reliefs.iter().map(|relief| relief.reduction).sum::<i64>();
    line
}

/// The best single relief, or the cumulative ones together where they take off more.
fn best(tariff: &Tariff, full: i64, asked: &Circumstances<'_>) -> Vec<GivenRelief> {
    let open: Vec<&Relief> = tariff.reliefs.iter().filter(|relief| relief.is_open(asked)).collect();
    let mut single: Option<&Relief> = None;
    for relief in &open {
        if single.is_none_or(|known| relief.reduction.of(full) > known.reduction.of(full)) {
            single = Some(relief);
        }
    }
    let mut left = full;
    let mut together = Vec::new();
    for relief in open.iter().filter(|relief| relief.cumulative) {
        let off = relief.reduction.of(full).min(left);
        left -= off;
        together.push(relief.given(off, asked));
    }
    let alone = single.map(|relief| relief.given(relief.reduction.of(full), asked));
    let chosen = match alone {
        Some(alone) if alone.reduction >= full - left => vec![alone],
        _ => together,
    };
    chosen.into_iter().filter(|relief| relief.reduction > 0).collect()
}

impl Relief {
    fn is_open(&self, asked: &Circumstances<'_>) -> bool {
        self.is_for(asked.claims) && self.in_force(asked.on) && self.holds_at(asked.places)
    }

    fn given(&self, reduction: i64, asked: &Circumstances<'_>) -> GivenRelief {
        GivenRelief {
            code: self.code.clone(),
            name: self.name.clone(),
            name_en: self.name_en.clone(),
            claim: self.claimed(asked.claims),
            evidence: self.evidence.clone(),
            reduction,
            legal_basis: self.legal_basis.clone(),
        }
    }
}

fn not_given(
    claim: PersonCondition,
    due: &[&Tariff],
    lines: &[FeeLine],
    asked: &Circumstances<'_>,
) -> Option<NotGiven> {
    let named: Vec<(&Relief, &FeeLine)> = due
        .iter()
        .zip(lines)
        .flat_map(|(tariff, line)| tariff.reliefs.iter().map(move |relief| (relief, line)))
        .filter(|(relief, _)| relief.who.contains(&claim))
        .collect();
    if named.iter().any(|(relief, line)| line.reliefs.iter().any(|given| given.code == relief.code)) {
        return None;
    }
    let in_force = |relief: &Relief| relief.in_force(asked.on);
    let why = if named.is_empty() {
        WhyNot::NoRelief
    } else if !named.iter().any(|(relief, _)| in_force(relief)) {
        WhyNot::NotInForce
    } else if !named.iter().any(|(relief, _)| in_force(relief) && relief.holds_at(asked.places)) {
        WhyNot::NotHere
    } else {
        WhyNot::NothingBetter
    };
    Some(NotGiven { claim, why })
}

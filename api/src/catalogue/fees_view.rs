//! The JSON form of what is asked: lines with their reliefs, phí and lệ phí apart (F-01, F-05).

use super::keys;
use rules::fees::{
    FeeKind, FeeLine, GivenRelief, NotGiven, PersonCondition, Quote, Reduction, RefundTerms, RefundWhen,
    Relief, WhyNot,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What is asked, or was asked at submission.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"lines": [], "phi": 0, "le_phi": 0, "total": 0, "not_given": []}))]
pub(crate) struct QuotedFees {
    /// The lines; none means free.
    pub(super) lines: Vec<FeeView>,
    /// Sum of the phí in đồng.
    pub(super) phi: i64,
    /// Sum of the lệ phí in đồng.
    pub(super) le_phi: i64,
    /// Sum of both in đồng.
    pub(super) total: i64,
    /// What was claimed and brings nothing, and why.
    pub(super) not_given: Vec<NotGivenView>,
}

/// One line of a quote.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeeLine)]
pub(crate) struct FeeView {
    /// Code of the charge.
    code: String,
    /// Vietnamese name.
    name: String,
    /// Phí or lệ phí.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// Amount of one unit in đồng.
    unit_amount: u32,
    /// How many units.
    quantity: u32,
    /// What it comes to before reliefs, in đồng.
    full_amount: i64,
    /// What is given, so that less is asked.
    reliefs: Vec<GivenReliefView>,
    /// Amount asked, in đồng.
    amount: i64,
    /// When it is given back; absent means never.
    refund: Option<RefundTermsView>,
    /// Decree, circular or provincial resolution.
    legal_basis: String,
}

/// An exemption or reduction that is given.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GivenRelief)]
struct GivenReliefView {
    /// Code within the charge.
    code: String,
    /// Vietnamese name.
    name: String,
    /// Plain English name.
    name_en: String,
    /// The claim it answers; absent where it is for everybody.
    #[schema(value_type = Option<keys::PersonCondition>)]
    claim: Option<PersonCondition>,
    /// Code of the paper that proves it and must be handed in.
    evidence: Option<String>,
    /// What is taken off, in đồng.
    reduction: i64,
    /// Law, decree, circular or provincial resolution.
    legal_basis: String,
}

/// A claim that brings nothing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotGiven)]
pub(crate) struct NotGivenView {
    /// What was claimed.
    #[schema(value_type = keys::PersonCondition)]
    claim: PersonCondition,
    /// Why it brings nothing.
    #[schema(value_type = keys::WhyNot)]
    why: WhyNot,
    /// The reason in Vietnamese.
    vi: &'static str,
    /// The same in English.
    en: &'static str,
}

/// When a charge is given back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefundTerms)]
pub(super) struct RefundTermsView {
    /// After which ending of the dossier.
    #[schema(value_type = keys::RefundWhen)]
    when: RefundWhen,
    /// What orders it.
    legal_basis: String,
}

/// An exemption or reduction of a tariff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Relief)]
pub(super) struct ReliefView<'r> {
    /// Code within the charge.
    code: &'r str,
    /// Vietnamese name.
    name: &'r str,
    /// Plain English name.
    name_en: &'r str,
    /// Whom it is for, any of these; everybody when empty.
    #[schema(value_type = Vec<keys::PersonCondition>)]
    who: &'r [PersonCondition],
    /// Codes of units or administrative units where it holds; everywhere when empty.
    places: &'r [String],
    /// Code of the paper that proves it and must be handed in.
    evidence: Option<&'r str>,
    /// Hundredths taken off; 100 is an exemption. Absent where a sum is taken off.
    percent: Option<u8>,
    /// Sum taken off the line, in đồng. Absent where hundredths are taken off.
    amount: Option<u32>,
    /// It is given together with others that say so.
    cumulative: bool,
    /// First day in force; open when absent.
    valid_from: Option<chrono::NaiveDate>,
    /// Last day in force; open when absent.
    valid_to: Option<chrono::NaiveDate>,
    /// Law, decree, circular or provincial resolution.
    legal_basis: &'r str,
}

impl From<Quote> for QuotedFees {
    fn from(quote: Quote) -> Self {
        Self {
            phi: quote.of_kind(FeeKind::Phi),
            le_phi: quote.of_kind(FeeKind::LePhi),
            total: quote.total,
            lines: quote.lines.into_iter().map(FeeView::from).collect(),
            not_given: quote.not_given.into_iter().map(NotGivenView::from).collect(),
        }
    }
}

impl From<FeeLine> for FeeView {
    fn from(line: FeeLine) -> Self {
        Self {
            full_amount: line.full_amount(),
            code: line.code,
            name: line.name,
            kind: line.kind,
            unit_amount: line.unit_amount,
            quantity: line.quantity,
            reliefs: line.reliefs.into_iter().map(GivenReliefView::from).collect(),
            amount: line.amount,
            refund: line.refund.as_ref().map(RefundTermsView::from),
            legal_basis: line.legal_basis,
        }
    }
}

impl From<GivenRelief> for GivenReliefView {
    fn from(given: GivenRelief) -> Self {
        let GivenRelief { code, name, name_en, claim, evidence, reduction, legal_basis } = given;
        Self { code, name, name_en, claim, evidence, reduction, legal_basis }
    }
}

impl From<NotGiven> for NotGivenView {
    fn from(NotGiven { claim, why }: NotGiven) -> Self {
        Self { claim, why, vi: why.vi(), en: why.en() }
    }
}

impl From<&RefundTerms> for RefundTermsView {
    fn from(terms: &RefundTerms) -> Self {
        Self { when: terms.when, legal_basis: terms.legal_basis.clone() }
    }
}

impl<'r> From<&'r Relief> for ReliefView<'r> {
    fn from(relief: &'r Relief) -> Self {
        let (percent, amount) = match relief.reduction {
            Reduction::Whole => (Some(100), None),
            Reduction::Percent(hundredths) => (Some(hundredths), None),
            Reduction::Amount(amount) => (None, Some(amount)),
        };
        Self {
            code: &relief.code,
            name: &relief.name,
            name_en: &relief.name_en,
            who: &relief.who,
            places: &relief.places,
            evidence: relief.evidence.as_deref(),
            percent,
            amount,
            cumulative: relief.cumulative,
            valid_from: relief.valid_from,
            valid_to: relief.valid_to,
            legal_basis: &relief.legal_basis,
        }
    }
}

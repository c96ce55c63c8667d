//! The JSON form of a procedure revision.

use super::children_view::ChildPlanView;
use super::fees_view::{RefundTermsView, ReliefView};
use super::keys;
use chrono::NaiveDate;
use entities::catalogue::Revised;
use rules::calendar::Calendar;
use rules::deadlines::{TimeLimit, TimeUnit};
use rules::fees::{FeeKind, Tariff};
use rules::openness::{Decided, publish_by};
use rules::procedure::{
    ApplicantKind, Channel, ChannelTerms, Component, Field, Level, PaymentMoment, ProcessStep, ResultKind,
    SupplementClock, Tier,
};
use rules::regime::in_force;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What the office promises about a procedure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Procedure)]
pub(crate) struct ProcedureView<'r> {
    /// National code.
    #[schema(example = "2.000815")]
    national_code: &'r str,
    /// Number of the revision; a dossier keeps the one it was received under.
    revision: i32,
    /// Vietnamese name.
    name: &'r str,
    /// Plain English name.
    name_en: &'r str,
    /// Field of work.
    field: FieldView<'r>,
    /// Tiers whose units carry it out.
    #[schema(value_type = Vec<keys::Tier>)]
    tiers: &'r [Tier],
    /// Online level.
    #[schema(value_type = keys::Level)]
    level: Level,
    /// Why it is not wholly online.
    partial_reason: Option<&'r str>,
    /// Who may ask.
    #[schema(value_type = Vec<keys::ApplicantKind>)]
    applicants: &'r [ApplicantKind],
    /// Order of carrying out, one sentence a step.
    sequence: &'r [String],
    /// Ways of handing in, each with its own limit and fees.
    channels: Vec<TermsView<'r>>,
    /// Papers to hand in; nothing outside this list may be asked for.
    components: Vec<ComponentView<'r>>,
    /// What comes out.
    results: Vec<ResultView<'r>>,
    /// Conditions.
    conditions: &'r [String],
    /// Legal bases.
    legal_bases: &'r [String],
    /// JSON Schema (draft 2020-12) of the `form` of an application.
    #[schema(value_type = Object)]
    form_schema: &'r serde_json::Value,
    /// Internal steps after reception.
    steps: Vec<StepView<'r>>,
    /// The decision that approves these steps, where the catalogue names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    process_decision: Option<ProcessDecisionView<'r>>,
    /// When the fee is asked.
    #[schema(value_type = keys::PaymentMoment)]
    payment: PaymentMoment,
    /// The post may carry papers and results.
    postal_allowed: bool,
    /// The decision that allows it, where the catalogue names it; without it the post does not fetch papers.
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_decision: Option<ProcessDecisionView<'r>>,
    /// What a supplement does.
    supplement: SupplementView,
    /// Local hour after which a receipt counts as of the next working day.
    cutoff_hour: Option<u8>,
    /// Other units may receive it for the competent one (phi địa giới).
    boundless: bool,
    /// Dossiers that other units settle for it.
    children: Vec<ChildPlanView<'r>>,
    /// Years the closed dossier is kept; absent means for ever.
    retention_years: Option<u16>,
    /// The decision that publishes it, where the catalogue names it.
    decision: Option<DecisionView<'r>>,
}

/// The decision that publishes a revision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishingDecision)]
struct DecisionView<'r> {
    /// Its number.
    #[schema(example = "QĐ 12/QĐ-UBND")]
    number: &'r str,
    /// Day of signing.
    decided_on: chrono::NaiveDate,
    /// Last day to publish: five working days after it.
    publish_by: chrono::NaiveDate,
}

/// Field of work.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldOfWork)]
struct FieldView<'r> {
    /// Code.
    #[schema(example = "G15-HT01")]
    code: &'r str,
    /// Vietnamese name.
    name: &'r str,
}

/// Limit and fees of one channel.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelTerms)]
struct TermsView<'r> {
    /// The channel.
    #[schema(value_type = keys::Channel)]
    channel: Channel,
    /// Processing time.
    limit: LimitView,
    /// Fees; empty means free.
    fees: Vec<TariffView<'r>>,
}

/// A time limit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimeLimit)]
pub(super) struct LimitView {
    /// How many units; 0 for `same_day` and `at_once`.
    amount: u32,
    /// The unit.
    #[schema(value_type = keys::TimeUnit)]
    unit: TimeUnit,
}

/// One row of a tariff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tariff)]
struct TariffView<'r> {
    /// Code of the charge.
    code: &'r str,
    /// Vietnamese name.
    name: &'r str,
    /// Phí or lệ phí.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// Amount of one unit in đồng.
    amount: u32,
    /// What one unit is.
    #[schema(example = "bản")]
    unit: &'r str,
    /// First day in force; open when absent.
    valid_from: Option<chrono::NaiveDate>,
    /// Last day in force; open when absent.
    valid_to: Option<chrono::NaiveDate>,
    /// Who pays less, where and until when.
    reliefs: Vec<ReliefView<'r>>,
    /// When it is given back; absent means never.
    refund: Option<RefundTermsView>,
    /// Decree, circular or provincial resolution.
    legal_basis: &'r str,
}

/// One paper of the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Component)]
struct ComponentView<'r> {
    /// Code, to be named among the papers of an application.
    #[schema(example = "CC-01")]
    code: &'r str,
    /// Vietnamese name.
    name: &'r str,
    /// Number of originals.
    originals: u8,
    /// Number of copies.
    copies: u8,
    /// Must be there at submission.
    required: bool,
    /// Media types accepted online.
    media_types: &'r [String],
    /// Largest file accepted, in bytes.
    max_bytes: u64,
}

/// One thing the procedure gives back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResultKind)]
struct ResultView<'r> {
    /// Code.
    code: &'r str,
    /// Vietnamese name.
    name: &'r str,
}

/// One internal step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProcessStep)]
struct StepView<'r> {
    /// Key.
    key: &'r str,
    /// Vietnamese name.
    name: &'r str,
    /// Role that does it.
    #[schema(value_type = keys::Role)]
    role: rules::actor::Role,
    /// Share of the limit.
    limit: LimitView,
    /// Another share at some competent units, by organisation code or tier.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    limits: BTreeMap<&'r str, LimitView>,
}

/// The decision that approves the internal steps, or that allows the post.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProcessDecision)]
struct ProcessDecisionView<'r> {
    /// Its number.
    #[schema(example = "QĐ 12/QĐ-UBND")]
    number: &'r str,
    /// Day of signing.
    approved_on: chrono::NaiveDate,
}

/// What a supplement does to the clock.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupplementPolicy)]
struct SupplementView {
    /// Counted again from the start, or paused.
    #[schema(value_type = keys::SupplementClock)]
    clock: SupplementClock,
    /// How often a supplement may be asked for after reception.
    max_rounds: u8,
    /// Working days after reception within which it may; null without end.
    window_days: Option<u16>,
    /// Article that says so.
    legal_basis: String,
}

impl<'r> ProcedureView<'r> {
    /// The view of a revision under the regime of `day`; the calendar counts the days to publish it.
    pub(super) fn of(revised: &'r Revised, calendar: &Calendar, day: NaiveDate) -> Self {
        let says = &revised.content;
        let supplement = in_force(day).supplement_of(says);
        Self {
            national_code: &revised.national_code,
            revision: revised.number,
            name: &says.name,
            name_en: &says.name_en,
            field: FieldView::from(&says.field),
            tiers: &says.tiers,
            level: says.level,
            partial_reason: says.partial_reason.as_deref(),
            applicants: &says.applicants,
            sequence: &says.sequence,
            channels: says.channels.iter().map(TermsView::from).collect(),
            components: says.components.iter().map(ComponentView::from).collect(),
            results: says.results.iter().map(ResultView::from).collect(),
            conditions: &says.conditions,
            legal_bases: &says.legal_bases,
            form_schema: &says.form_schema,
            steps: says.steps.iter().map(StepView::from).collect(),
            process_decision: says.process_decision.as_ref().map(ProcessDecisionView::from),
            payment: says.payment,
            postal_allowed: says.postal_allowed,
            postal_decision: says.postal_decision.as_ref().map(ProcessDecisionView::from),
            supplement: SupplementView {
                clock: supplement.clock,
                max_rounds: supplement.max_rounds,
                window_days: supplement.window_days,
                legal_basis: supplement.legal_basis,
            },
            cutoff_hour: says.cutoff_hour,
            boundless: says.boundless,
            children: says.children.iter().map(ChildPlanView::from).collect(),
            retention_years: says.retention_years,
            decision: says.decision.as_ref().map(|decision| DecisionView::of(decision, calendar)),
        }
    }
}

impl<'r> DecisionView<'r> {
    fn of(decision: &'r Decided, calendar: &Calendar) -> Self {
        let publish_by = publish_by(decision.on, calendar);
        Self { number: &decision.number, decided_on: decision.on, publish_by }
    }
}

impl<'r> From<&'r Field> for FieldView<'r> {
    fn from(field: &'r Field) -> Self {
        Self { code: &field.code, name: &field.name }
    }
}

impl<'r> From<&'r ChannelTerms> for TermsView<'r> {
    fn from(terms: &'r ChannelTerms) -> Self {
        let fees = terms.fees.iter().map(TariffView::from).collect();
        Self { channel: terms.channel, limit: terms.limit.into(), fees }
    }
}

impl From<TimeLimit> for LimitView {
    fn from(limit: TimeLimit) -> Self {
        Self { amount: limit.amount, unit: limit.unit }
    }
}

impl<'r> From<&'r Tariff> for TariffView<'r> {
    fn from(tariff: &'r Tariff) -> Self {
        Self {
            code: &tariff.code,
            name: &tariff.name,
            kind: tariff.kind,
            amount: tariff.amount,
            unit: &tariff.unit,
            valid_from: tariff.valid_from,
            valid_to: tariff.valid_to,
            reliefs: tariff.reliefs.iter().map(ReliefView::from).collect(),
            refund: tariff.refund.as_ref().map(RefundTermsView::from),
            legal_basis: &tariff.legal_basis,
        }
    }
}

impl<'r> From<&'r Component> for ComponentView<'r> {
    fn from(component: &'r Component) -> Self {
        Self {
            code: &component.code,
            name: &component.name,
            originals: component.originals,
            copies: component.copies,
            required: component.required,
            media_types: &component.media_types,
            max_bytes: component.max_bytes,
        }
    }
}

impl<'r> From<&'r ResultKind> for ResultView<'r> {
    fn from(result: &'r ResultKind) -> Self {
        Self { code: &result.code, name: &result.name }
    }
}

impl<'r> From<&'r Decided> for ProcessDecisionView<'r> {
    fn from(decision: &'r Decided) -> Self {
        Self { number: &decision.number, approved_on: decision.on }
    }
}

impl<'r> From<&'r ProcessStep> for StepView<'r> {
    fn from(step: &'r ProcessStep) -> Self {
        let limits = step.limits.iter().map(|(unit, limit)| (unit.as_str(), (*limit).into())).collect();
        Self { key: &step.key, name: &step.name, role: step.role, limit: step.limit.into(), limits }
    }
}

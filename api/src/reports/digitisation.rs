//! `GET /v1/reports/digitisation`: how much is digitised, by unit and by tier, against the targets of the plans.

use crate::identity::Asker;
use crate::manners::instants::{last_moment, midnight};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::digitisations::roadmap::targets;
use entities::reports::digitisation::{UnitCounts, counts};
use rules::access::{Relation, Sight, Thing, everywhere, reads_counts, units as units_seen};
use rules::actor::Actor;
use rules::papers::{PaperKind, Share, Target};
use rules::past::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which units over which period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DigitisationReportQuery {
    /// Only this unit; an officer's own units, or all units for who reads them, when absent.
    unit: Option<Uuid>,
    /// First local day of the period of reception.
    #[param(example = "2026-01-01")]
    from: NaiveDate,
    /// Last local day, wholly counted; today, up to now, when absent.
    #[param(example = "2026-03-31")]
    to: Option<NaiveDate>,
}

/// How much is digitised.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisationReport, example = json!({"from": "2025-12-31T17:00:00Z", "until": "2026-03-31T16:59:59.999999Z",
    "units": [{"unit": "0194f3c0-0000-7000-8000-00000000000a", "name": "Ủy ban nhân dân phường Đức Xuân",
        "tier": "commune", "dossiers": {"done": 36, "of": 38, "percent": 94.73},
        "components": {"done": 70, "of": 74, "percent": 94.59}, "results": {"done": 30, "of": 30, "percent": 100.0},
        "old_dossiers": {"done": 0, "of": 0, "percent": null}, "old_results": {"done": 96, "of": 240, "percent": 40.0},
        "open": 4, "stuck": 1, "waiting_too_long": 1}],
    "tiers": [{"tier": "commune", "dossiers": {"done": 36, "of": 38, "percent": 94.73},
        "components": {"done": 70, "of": 74, "percent": 94.59}, "results": {"done": 30, "of": 30, "percent": 100.0},
        "old_dossiers": {"done": 0, "of": 0, "percent": null}, "old_results": {"done": 96, "of": 240, "percent": 40.0},
        "targets": [{"plan": "Kế hoạch 1906/KH-UBND (Bình Dương)", "kind": "result", "percent": 35,
            "from": "2022-01-01", "until": "2022-12-31", "source": "KH 1906/KH-UBND ngày 26/4/2022; R-C3",
            "reached": true, "missing": 0}]}]}))]
pub(crate) struct DigitisationReportView {
    /// First moment of the period.
    from: DateTime<Utc>,
    /// Last moment of the period.
    until: DateTime<Utc>,
    /// Unit by unit.
    units: Vec<UnitShareView>,
    /// The units above together, tier by tier, against the targets.
    tiers: Vec<TierShareView>,
}

/// How much of something is digitised.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisedShare)]
struct ShareView {
    /// Digitised.
    done: u64,
    /// All that count.
    of: u64,
    /// In hundredths, two decimals, rounded down; null where nothing counts.
    percent: Option<f64>,
}

/// One unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisedByUnit)]
struct UnitShareView {
    /// The unit.
    unit: Uuid,
    /// Its name.
    name: String,
    /// Its tier.
    #[schema(example = "commune")]
    tier: String,
    /// Dossiers received in the period; done are those with a readable file in their components and a result file (QĐ 766).
    dossiers: ShareView,
    /// Papers to be digitised since the reception.
    components: ShareView,
    /// Results to be digitised; those no longer in force are left out.
    results: ShareView,
    /// Old papers of dossiers, of all in the inventories.
    old_dossiers: ShareView,
    /// Old results, of all in the inventories; those no longer in force are left out.
    old_results: ShareView,
    /// Papers under way now.
    open: u64,
    /// Those of them that an officer must see to.
    stuck: u64,
    /// Those of them to which nothing has happened for two days.
    waiting_too_long: u64,
}

/// The units of one tier together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisedByTier)]
struct TierShareView {
    /// The tier.
    #[schema(example = "commune")]
    tier: String,
    /// As of a unit.
    dossiers: ShareView,
    /// As of a unit.
    components: ShareView,
    /// As of a unit.
    results: ShareView,
    /// As of a unit.
    old_dossiers: ShareView,
    /// As of a unit.
    old_results: ShareView,
    /// What the plans ask of the old papers of this tier.
    targets: Vec<TargetView>,
}

/// A target, and how the old papers stand to it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisationTarget)]
struct TargetView {
    /// The plan that sets it.
    plan: String,
    /// `dossier` or `result`.
    #[schema(example = "result")]
    kind: String,
    /// Least share, in hundredths.
    percent: u8,
    /// First day of its period.
    from: NaiveDate,
    /// Last day of its period.
    until: NaiveDate,
    /// Where it is written.
    source: String,
    /// It is reached.
    reached: bool,
    /// Papers still to be digitised for it.
    missing: u64,
}

/// Count what is digitised
///
/// What came in over a period, components and results apart, and the old papers against the targets of the plans
/// (R-C1..R-C4). For officers of the units and those who oversee the province.
#[utoipa::path(tag = "reports", params(DigitisationReportQuery),
    responses((status = 200, body = DigitisationReportView)))]
#[get("/v1/reports/digitisation")]
pub(crate) async fn show_digitisation_report(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<DigitisationReportQuery>,
) -> Result<HttpResponse, Problem> {
    let (db, now) = (office.db.reader(), office.clock.now());
    let until = query.to.map_or(now, |to| last_moment(to).min(now));
    let period = Period { from: midnight(query.from), until };
    let units = units(&asker, query.unit)?;
    let found = counts(db, units.as_deref(), (period, now)).await?;
    let mut view = DigitisationReportView { from: period.from, until, units: Vec::new(), tiers: Vec::new() };
    let mut tiers: BTreeMap<&'static str, UnitCounts> = BTreeMap::new();
    for (unit, counts) in found {
        let known = office.catalogue.unit(db, unit, now).await?;
        let sum = tiers.entry(known.tier.key()).or_default();
        *sum = sum.with(&counts);
        view.units.push(UnitShareView::of((unit, &known.row.name, known.tier.key()), &counts));
    }
    let targets = targets(db).await?;
    view.tiers = tiers.iter().map(|(tier, counts)| TierShareView::of(tier, counts, &targets)).collect();
    Ok(HttpResponse::Ok().json(view))
}

/// The units to count; none means all.
fn units(by: &Actor, asked: Option<Uuid>) -> Result<Option<Vec<Uuid>>, Problem> {
    if let Some(unit) = asked {
        return if reads_counts(by, unit) { Ok(Some(vec![unit])) } else { Err(Code::Forbidden.into()) };
    }
    let own = units_seen(by, Thing::Counts, Relation::Unit);
    match (own.is_empty(), everywhere(by, Thing::Counts) > Sight::None) {
        (false, _) => Ok(Some(own)),
        (true, true) => Ok(None),
        (true, false) => Err(Code::Forbidden.into()),
    }
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        Self { done: share.done, of: share.of, percent: share.percent() }
    }
}

impl UnitShareView {
    fn of((unit, name, tier): (Uuid, &str, &str), counts: &UnitCounts) -> Self {
        Self {
            unit,
            name: name.into(),
            tier: tier.into(),
            dossiers: counts.dossiers.into(),
            components: counts.components.into(),
            results: counts.results.into(),
            old_dossiers: counts.old_dossiers.into(),
            old_results: counts.old_results.into(),
            open: counts.open,
            stuck: counts.stuck,
            waiting_too_long: counts.waiting_too_long,
        }
    }
}

impl TierShareView {
    fn of(tier: &str, counts: &UnitCounts, targets: &[Target]) -> Self {
        let asked = targets.iter().filter(|target| target.tier.key() == tier);
        Self {
            tier: tier.into(),
            dossiers: counts.dossiers.into(),
            components: counts.components.into(),
            results: counts.results.into(),
            old_dossiers: counts.old_dossiers.into(),
            old_results: counts.old_results.into(),
            targets: asked.map(|target| TargetView::of(target, counts)).collect(),
        }
    }
}

impl TargetView {
    fn of(target: &Target, counts: &UnitCounts) -> Self {
        let share = match target.kind {
            PaperKind::Dossier => counts.old_dossiers,
            PaperKind::Result => counts.old_results,
        };
        let progress = target.progress(share);
        Self {
            plan: target.plan.clone(),
            kind: target.kind.key().into(),
            percent: target.percent,
            from: target.from,
            until: target.until,
            source: target.source.clone(),
            reached: progress.reached,
            missing: progress.missing,
        }
    }
}

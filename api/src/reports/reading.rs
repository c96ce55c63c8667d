//! `GET /v1/reports/reading`: how often the machine reads a field wrong, by type of paper.

use crate::identity::Asker;
use crate::manners::instants::{last_moment, midnight};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::reports::reading_errors::{ReadingCounts, counts};
use rules::access::{Sight, Thing, everywhere, reads_counts};
use rules::actor::Actor;
use rules::local_time::local_date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which unit over which period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadingQuery {
    /// Only this unit; all units, for those who oversee the province, when absent.
    unit: Option<Uuid>,
    /// First local day on which a field was settled.
    #[param(example = "2026-01-01")]
    from: NaiveDate,
    /// Last local day, wholly counted; today when absent.
    #[param(example = "2026-03-31")]
    to: Option<NaiveDate>,
}

/// How often the machine reads a field wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReadingReport)]
pub(crate) struct ReadingView {
    /// First moment of the period.
    from: DateTime<Utc>,
    /// Last moment of the period.
    until: DateTime<Utc>,
    /// By type of paper and field.
    fields: Vec<FieldErrorsView>,
}

/// One field of one type of paper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldErrors)]
struct FieldErrorsView {
    /// Type of paper; null where nobody knows it.
    paper_type: Option<String>,
    /// The field.
    field: String,
    /// Readings.
    read: i64,
    /// Taken as read, with nobody looking.
    taken: i64,
    /// Read unsurely and looked at by a person.
    unsure: i64,
    /// Of these, read wrong.
    unsure_wrong: i64,
    /// Drawn by lot and settled by people.
    drawn: i64,
    /// Of these, read wrong.
    drawn_wrong: i64,
    /// Share of drawn readings that were wrong, in per cent with two decimals: the error rate of the machine, since the
    /// lot falls on sure and unsure readings alike. Null where nothing was drawn.
    error_percent: Option<f64>,
    /// Drawn fields that two people keyed alike.
    agreed: i64,
    /// Drawn fields that two people keyed differently.
    differed: i64,
}

/// How often the machine reads a field wrong
///
/// As far as people looked: where it was unsure, and where the lot fell. For readers of the unit's counts and for those
/// who oversee the province.
#[utoipa::path(tag = "reports", params(ReadingQuery), responses((status = 200, body = ReadingView, example = json!({
    "from": "2025-12-31T17:00:00Z", "until": "2026-03-31T16:59:59.999999Z", "fields": [
        {"paper_type": "GIAY-KHAI-SINH", "field": "number", "read": 200, "taken": 170, "unsure": 20, "unsure_wrong": 6,
         "drawn": 10, "drawn_wrong": 1, "error_percent": 10.0, "agreed": 9, "differed": 1}]}))))]
#[get("/v1/reports/reading")]
pub(crate) async fn show_reading_report(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ReadingQuery>,
) -> Result<HttpResponse, Problem> {
    if !may_read(&asker, query.unit) {
        return Err(Code::Forbidden.into());
    }
    let now = office.clock.now();
    let (from, until) = (midnight(query.from), last_moment(query.to.unwrap_or_else(|| local_date(now))));
    let found = counts(office.db.reader(), query.unit, (from, until)).await?;
    let fields = found.into_iter().map(FieldErrorsView::of).collect();
    Ok(HttpResponse::Ok().json(ReadingView { from, until, fields }))
}

fn may_read(by: &Actor, unit: Option<Uuid>) -> bool {
    let oversees = everywhere(by, Thing::Counts) > Sight::None;
    unit.map_or(oversees, |unit| reads_counts(by, unit))
}

impl FieldErrorsView {
    fn of(counts: ReadingCounts) -> Self {
        Self {
            error_percent: percent(counts.drawn_wrong, counts.drawn),
            paper_type: Some(counts.paper_type).filter(|code| !code.is_empty()),
            field: counts.field,
            read: counts.read,
            taken: counts.taken,
            unsure: counts.unsure,
            unsure_wrong: counts.unsure_wrong,
            drawn: counts.drawn,
            drawn_wrong: counts.drawn_wrong,
            agreed: counts.agreed,
            differed: counts.differed,
        }
    }
}

fn percent(part: i64, whole: i64) -> Option<f64> {
    let hundredths = (part * 10_000).checked_div(whole)?;
    i32::try_from(hundredths).ok().map(|hundredths| f64::from(hundredths) / 100.0)
}

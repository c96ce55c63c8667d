//! `GET /v1/reports/reuse`: how far papers are digitised, used again and left with their owners.

use super::standing::period_of;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::reports::reuse::reuse;
use rules::access::reads_counts;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which unit over which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReuseQuery {
    /// The unit that decided.
    unit: Uuid,
    /// First local day.
    #[param(example = "2026-01-01")]
    from: NaiveDate,
    /// Last local day; today, up to now, when absent.
    #[param(example = "2026-03-31")]
    to: Option<NaiveDate>,
}

/// Dossiers behind the indicators 4.2, 4.3 and 4.4 of QĐ 766.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reuse, example = json!({"unit": "0194f3c0-0000-7000-8000-00000000000a", "from": "2025-12-31T17:00:00Z",
    "until": "2026-03-31T16:59:59.999999Z", "decided": 30, "digitised": 24, "reused": 9, "stored": 21}))]
pub(crate) struct ReuseView {
    /// The unit that decided.
    unit: Uuid,
    /// First moment of the period.
    from: DateTime<Utc>,
    /// Last moment of the period.
    until: DateTime<Utc>,
    /// Decided within it, all of them.
    decided: u64,
    /// With a file in their papers and a result file.
    digitised: u64,
    /// With a paper taken from the store, a database or VNeID.
    reused: u64,
    /// With a document in the store of their owner.
    stored: u64,
}

/// Count how papers are digitised and used again
///
/// Facts of each dossier, none by rule (D-13). For officers of the unit and for those who oversee the province.
#[utoipa::path(tag = "reports", params(ReuseQuery), responses((status = 200, body = ReuseView)))]
#[get("/v1/reports/reuse")]
pub(crate) async fn show_reuse(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ReuseQuery>,
) -> Result<HttpResponse, Problem> {
    if !reads_counts(&asker, query.unit) {
        return Err(Code::Forbidden.into());
    }
    let now = office.clock.now();
    let unit = office.catalogue.unit(office.db.reader(), query.unit, now).await?.row.id;
    let period = period_of(query.from, query.to, now)?;
    let counted = reuse(office.db.reader(), unit, period).await?;
    Ok(HttpResponse::Ok().json(ReuseView {
        unit,
        from: period.from,
        until: period.until,
        decided: counted.decided,
        digitised: counted.digitised,
        reused: counted.reused,
        stored: counted.stored,
    }))
}

//! `GET /v1/admin/connectors/{key}/days`: how the calls went, by legal day and data service.

use super::connector_view::DayView;
use super::{entry, must_run_wires};
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::Days;
use entities::connectors::calls;
use rules::local_time::local_date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DaysQuery {
    /// Legal days back, with this one: 1 to 366; 30 when absent.
    #[param(minimum = 1, maximum = 366, example = 30)]
    days: Option<u16>,
}

/// Calls to a party.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectorDays)]
pub(crate) struct DaysView {
    /// The newest day first; days without calls are left out.
    items: Vec<DayView>,
}

/// Calls to a party by legal day and data service
#[utoipa::path(tag = "admin", params(("key" = String, Path, example = "dvcqg"), DaysQuery),
    responses((status = 200, body = DaysView, example = json!({"items": [{"day": "2026-03-10",
        "service": "TraCuuHoSo", "calls": {"answered": 212, "refused": 1, "failed": 0, "average_ms": 388}}]}))))]
#[get("/v1/admin/connectors/{key}/days")]
pub(crate) async fn show_connector_days(
    asker: Asker,
    office: web::Data<Office>,
    key: web::Path<String>,
    query: web::Query<DaysQuery>,
) -> Result<HttpResponse, Problem> {
    must_run_wires(&asker)?;
    let entry = entry(&key)?;
    let back = query.days.unwrap_or(30).clamp(1, 366) - 1;
    let today = local_date(office.clock.now());
    let from = today.checked_sub_days(Days::new(back.into())).unwrap_or(today);
    let days = calls::days(office.db.reader(), entry.key, from).await?;
    Ok(HttpResponse::Ok().json(DaysView { items: days.iter().map(DayView::of).collect() }))
}

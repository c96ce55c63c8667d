//! `GET /v1/reconciliations`: the comparisons with the national portal.

use super::must_see_reconciliations;
use super::view::ReconciliationView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::reconciliations;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReconciliationQuery {
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Comparisons with the national portal, newest first
///
/// For administrators and for those who oversee the province.
#[utoipa::path(tag = "admin", params(ReconciliationQuery), responses((status = 200, body = Page<ReconciliationView>,
    example = json!({"items": [{"id": "019a0000-0000-7000-8000-000000000041", "state": "done",
        "since": "2026-03-08T18:30:00Z", "asked_name": null, "started_at": "2026-03-09T18:30:00Z",
        "ended_at": "2026-03-09T18:31:12Z", "looked_at": 1830, "passed_over": 2}]}))))]
#[get("/v1/reconciliations")]
pub(crate) async fn list_reconciliations(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ReconciliationQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_see_reconciliations(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = reconciliations::list(office.db.reader(), after, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(ReconciliationView::of(row)?))?;
    Ok(page.answer(listing.address()))
}

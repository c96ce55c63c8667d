//! `GET /v1/downtimes`: when the office is or will be away.

use super::downtime_view::DowntimeView;
use crate::catalogue::listing::Listing;
use crate::catalogue::shown_page;
use crate::manners::cursor::Page;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::downtimes::coming;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DowntimeQuery {
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Announced downtimes that have not ended, the next one first
#[utoipa::path(tag = "catalogue", params(DowntimeQuery), responses((status = 200, body = Page<DowntimeView>,
    example = json!({"items": [{"id": "019a0000-0000-7000-8000-000000000001", "from": "2026-03-21T13:00:00Z",
        "until": "2026-03-21T20:00:00Z", "reason": "Nâng cấp máy chủ.", "unplanned": false,
        "announced_at": "2026-03-10T02:00:00Z"}]})),
    (status = 304, description = "The reader has this page.")))]
#[get("/v1/downtimes")]
pub(crate) async fn list_downtimes(
    office: web::Data<Office>,
    query: web::Query<DowntimeQuery>,
    known: IfNoneMatch,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = coming(office.db.reader(), office.clock.now(), after, listing.rows()).await?;
    let page = listing.page(rows, |row| (row.from_at, row.id), |row| Ok(DowntimeView::of(row)))?;
    shown_page(&known, &page, listing.address())
}

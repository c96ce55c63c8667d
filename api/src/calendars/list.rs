//! `GET /v1/calendars`: the versions of the working calendar.

use super::view::CalendarLine;
use crate::admin::must_run_catalogue;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::catalogue::calendars::list;

/// Versions of the working calendar, newest first
#[utoipa::path(tag = "calendars", params(PageQuery), responses((status = 200, body = Page<CalendarLine>,
    example = json!({"items": [{"version": 2, "state": "draft", "based_on": 1, "valid_from": "2024-01-01",
        "valid_to": "2027-12-31", "digest": "9f2d…", "created_at": "2026-11-18T02:00:00Z", "created_by": "Bùi Thị Kiểm",
        "adopted_at": null, "adopted_by": null, "reason": null, "row_version": 1}]}))))]
#[get("/v1/calendars")]
pub(crate) async fn list_calendars(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let before = listing.position(query.after.as_deref())?;
    let rows = list(office.db.reader(), before, listing.rows()).await?;
    let page = listing.page(rows, |row| row.version, |row| Ok(CalendarLine::of(row)?))?;
    Ok(page.answer(listing.address()))
}

//! `GET /v1/calendars/{version}`: one version with all its days.

use super::view::CalendarView;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::etag::tag;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::calendars::recomputing::under;
use entities::catalogue::calendars::find;

/// One version of the working calendar
///
/// Its days with their documents, how many days of each year are worked, and when open dossiers were counted anew
/// under it.
#[utoipa::path(tag = "calendars", params(("version" = i32, Path, example = 2)),
    responses((status = 200, body = CalendarView, example = json!({"calendar": {"version": 2, "state": "adopted",
        "based_on": 1, "valid_from": "2024-01-01", "valid_to": "2027-12-31", "digest": "9f2d…",
        "created_at": "2026-11-18T02:00:00Z", "created_by": "Bùi Thị Kiểm", "adopted_at": "2026-11-18T03:00:00Z",
        "adopted_by": "Bùi Thị Kiểm", "reason": "Toàn tỉnh nghỉ ngày 19/11/2026 do bão.", "row_version": 2},
        "off": [{"date": "2026-11-19", "reason_vi": "Nghỉ do bão số 9", "reason_en": "Closed for storm no. 9",
        "document": "Công điện 15/CĐ-UBND 18/11/2026"}], "work": [], "years": [{"year": 2026, "working_days": 248}],
        "recomputations": []}))))]
#[get("/v1/calendars/{version}")]
pub(crate) async fn show_calendar(
    office: web::Data<Office>,
    asker: Asker,
    version: web::Path<i32>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let row = find(office.db.reader(), *version).await?;
    let seen = row.row_version;
    let view = CalendarView::of(row, under(office.db.reader(), *version).await?)?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(seen))).json(view))
}

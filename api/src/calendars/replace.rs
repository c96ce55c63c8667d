//! `PUT /v1/calendars/{version}`: a draft is written anew.

use super::view::{CalendarLine, NewCalendar};
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::manners::etag::{IfMatch, tag};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, put, web};
use entities::calendars::drafting::replace;

/// Write a draft of the calendar anew
#[utoipa::path(tag = "calendars",
    params(("version" = i32, Path, example = 2), ("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = NewCalendar, example = json!({"based_on": 1, "valid_from": "2024-01-01",
        "valid_to": "2027-12-31", "off": [{"date": "2026-11-19", "reason_vi": "Nghỉ do bão số 9",
        "reason_en": "Closed for storm no. 9", "document": "Công điện 15/CĐ-UBND 18/11/2026"}], "work": []})),
    responses((status = 200, body = CalendarLine, example = json!({"version": 2, "state": "draft", "based_on": 1,
        "valid_from": "2024-01-01", "valid_to": "2027-12-31", "digest": "9f2d…", "created_at": "2026-11-18T02:00:00Z",
        "created_by": "Bùi Thị Kiểm", "adopted_at": null, "adopted_by": null, "reason": null, "row_version": 2})),
        (status = 409, description = "It is adopted and never changes", body = crate::problems::ProblemDocument,
            content_type = "application/problem+json")))]
#[put("/v1/calendars/{version}")]
pub(crate) async fn replace_calendar(
    office: web::Data<Office>,
    asker: Asker,
    version: web::Path<i32>,
    seen: IfMatch,
    body: Body<NewCalendar>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let tx = office.db.begin().await?;
    let row = replace(&tx, *version, seen.version(), body.body.draft()).await?;
    tx.commit().await?;
    let seen = row.row_version;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(seen))).json(CalendarLine::of(row)?))
}

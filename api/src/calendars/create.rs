//! `POST /v1/calendars`: a new version of the calendar is drafted.

use super::view::{CalendarLine, NewCalendar};
use crate::admin::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::calendars::drafting::begin;

/// Draft a new version of the calendar
///
/// The whole of it: read the version in force, change its lists, send them. Everything that is wrong is told at once.
/// Nothing counts under a draft until it is adopted; `GET /v1/calendars/{version}/effect` tells what it would move.
#[utoipa::path(tag = "calendars",
    params(("Idempotency-Key" = String, Header, description = "A new key for each draft")),
    request_body(content = NewCalendar, example = json!({"based_on": 1, "valid_from": "2024-01-01",
        "valid_to": "2027-12-31", "off": [{"date": "2026-11-19", "reason_vi": "Nghỉ do bão số 9",
        "reason_en": "Closed for storm no. 9", "document": "Công điện 15/CĐ-UBND 18/11/2026"}], "work": []})),
    responses((status = 201, body = CalendarLine, description = "The draft", example = json!({"version": 2,
        "state": "draft", "based_on": 1, "valid_from": "2024-01-01", "valid_to": "2027-12-31", "digest": "9f2d…",
        "created_at": "2026-11-18T02:00:00Z", "created_by": "Bùi Thị Kiểm", "adopted_at": null, "adopted_by": null,
        "reason": null, "row_version": 1}))))]
#[post("/v1/calendars")]
pub(crate) async fn draft_calendar(
    office: web::Data<Office>,
    ask: Ask<NewCalendar>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let draft = body.draft();
    office
        .once(&facts, async |tx, at| {
            let row = begin(tx, draft, &facts.actor, at).await?;
            let (location, seen) = (format!("/v1/calendars/{}", row.version), row.row_version);
            Ok(Answer::created(location, &CalendarLine::of(row)?)?.versioned(seen).ringing([]))
        })
        .await
}

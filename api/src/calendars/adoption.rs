//! `POST /v1/calendars/{version}/adoption`: a draft comes into force.

use super::totals::EffectTotals;
use super::view::CalendarLine;
use crate::admin::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::calendars::adopting::{Adoption, adopt};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a draft comes into force, and for whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CalendarAdoption)]
pub(crate) struct NewAdoption {
    /// The reason; with `move_open_dossiers` it stands in the history of each dossier and in the letter to its person.
    #[schema(min_length = 1, max_length = 1000, example = "Toàn tỉnh nghỉ ngày 19/11/2026 do bão.")]
    reason: String,
    /// Count anew every open dossier whose due date it changes.
    move_open_dossiers: bool,
}

/// Bring a draft of the calendar into force
///
/// What is received from now on counts under it, in other processes within a minute. Open dossiers keep the calendar
/// they were received under unless `move_open_dossiers` is asked for: then those whose due date changes are counted
/// anew, one by one, and the person is told. With `Prefer: dry-run` nothing is written and the answer says how many.
#[utoipa::path(tag = "calendars",
    params(("version" = i32, Path, example = 2), ("If-Match" = String, Header, description = "ETag last seen"),
        ("Idempotency-Key" = String, Header, description = "A new key for each thing done"),
        ("Prefer" = Option<String>, Header, description = "`dry-run`: only tell what would be moved")),
    request_body(content = NewAdoption, example = json!({"reason": "Toàn tỉnh nghỉ ngày 19/11/2026 do bão.",
        "move_open_dossiers": true})),
    responses((status = 201, body = CalendarLine, description = "In force", example = json!({"version": 2,
        "state": "adopted", "based_on": 1, "valid_from": "2024-01-01", "valid_to": "2027-12-31", "digest": "9f2d…",
        "created_at": "2026-11-18T02:00:00Z", "created_by": "Bùi Thị Kiểm", "adopted_at": "2026-11-18T03:00:00Z",
        "adopted_by": "Bùi Thị Kiểm", "reason": "Toàn tỉnh nghỉ ngày 19/11/2026 do bão.", "row_version": 2})),
        (status = 200, body = EffectTotals, description = "Dry run: what would be moved", example = json!({"version": 2,
        "looked_at": 1830, "all": {"later": 412, "earlier": 0, "late_at_once": 0, "suspended": 31}, "units": []})),
        (status = 409, description = "Adopted already, or overtaken by another version",
            body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[post("/v1/calendars/{version}/adoption")]
pub(crate) async fn adopt_calendar(
    office: web::Data<Office>,
    version: web::Path<i32>,
    seen: IfMatch,
    ask: Ask<NewAdoption>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    let moves = body.move_open_dossiers;
    let adoption = Adoption { reason: body.reason, move_open_dossiers: moves };
    let answered = office
        .once(&facts, async |tx, at| {
            let which = (*version, seen.version());
            let row = adopt(tx, which, &adoption, (&facts.actor, at, Some(&trace))).await?;
            let (location, seen) = (format!("/v1/calendars/{}", row.version), row.row_version);
            Ok(Answer::created(location, &CalendarLine::of(row)?)?.versioned(seen))
        })
        .await?;
    if facts.dry_run {
        return office.would_move(*version, moves).await;
    }
    office.catalogue.forget();
    Ok(answered)
}

//! `POST /v1/calendars/{version}/recomputation`: open dossiers are counted anew under the calendar in force.

use super::totals::EffectTotals;
use super::view::RecomputationView;
use crate::admin::must_run_catalogue;
use crate::dossiers::Reason;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::calendars::recomputing;

/// Count open dossiers anew
///
/// Under the version in force, when its adoption left them alone, or for those that have come to be moved since. With
/// `Prefer: dry-run` nothing is written and the answer says how many.
#[utoipa::path(tag = "calendars",
    params(("version" = i32, Path, example = 2),
        ("Idempotency-Key" = String, Header, description = "A new key for each thing done"),
        ("Prefer" = Option<String>, Header, description = "`dry-run`: only tell what would be moved")),
    request_body(content = Reason, example = json!({"reason": "Toàn tỉnh nghỉ ngày 19/11/2026 do bão."})),
    responses((status = 201, body = RecomputationView, description = "Asked for; the jobs follow"),
        (status = 200, body = EffectTotals, description = "Dry run: what would be moved", example = json!({"version": 2,
        "looked_at": 1830, "all": {"later": 412, "earlier": 0, "late_at_once": 0, "suspended": 31}, "units": []})),
        (status = 409, description = "It is not the calendar in force", body = crate::problems::ProblemDocument,
            content_type = "application/problem+json")))]
#[post("/v1/calendars/{version}/recomputation")]
pub(crate) async fn recompute_under_calendar(
    office: web::Data<Office>,
    version: web::Path<i32>,
    ask: Ask<Reason>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    let answered = office
        .once(&facts, async |tx, at| {
            let by = (&facts.actor, at, Some(trace.as_str()));
            let asked = recomputing::ask(tx, *version, &body.reason, by).await?;
            Answer::created(format!("/v1/calendars/{version}"), &RecomputationView::from(asked))
        })
        .await?;
    if facts.dry_run { office.would_move(*version, true).await } else { Ok(answered) }
}

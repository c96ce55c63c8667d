//! Noting that a warning was seen.

use super::WarningView;
use crate::dossiers::Nothing;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Note that a warning was seen
///
/// By somebody it is for; who saw it first stays. It is then no longer among the open ones of its addressees.
#[utoipa::path(
    tag = "queues",
    params(("id" = Uuid, Path, description = "Key of the warning"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 200, body = WarningView, description = "Seen"))
)]
#[post("/v1/warnings/{id}/reading")]
pub(crate) async fn see_warning(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    Language(lang): Language,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let trace = ask.facts.trace.traceparent();
    office
        .once(&ask.facts, async |tx, at| {
            let row = ask.facts.door(&office, tx, at, &trace).see_warning(*id).await?;
            let view = WarningView::of(row, lang)?;
            Ok(Answer::ok(&view)?.ringing([]))
        })
        .await
}

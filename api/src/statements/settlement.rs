//! Settling a difference.

use super::DifferenceView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::payments::words::missing;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What came of a difference.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settlement {
    /// In words.
    #[schema(max_length = 1000, example = "Ngân hàng ghi nhận sang ngày 11/03/2026.")]
    words: String,
}

/// Settle a difference
///
/// By finance of the unit, with words; the row stays.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the difference"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Settlement, example = json!({"words": "Ngân hàng ghi nhận sang ngày 11/03/2026."})),
    responses((status = 201, body = DifferenceView, description = "Settled"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/statement-differences/{id}/settlement")]
pub(crate) async fn settle_difference(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Settlement>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let wrong = missing("/words", &body.words, 1_000);
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            let row = door.settle_difference(*id, seen.version(), &body.words).await?;
            let version = row.version;
            let view = DifferenceView::of(&office.sealer, &facts.actor, row)?;
            Ok(Answer::created("/v1/statement-differences", &view)?.versioned(version).ringing([]))
        })
        .await
}

//! Giving a dossier back to the queue.

use super::{Nothing, RecordedAct};
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use uuid::Uuid;

/// Give a dossier back
///
/// To the queue of its step; the head of the unit can do it for an officer who is away.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/release")]
pub(crate) async fn release_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, |_| Act::Release).await
}

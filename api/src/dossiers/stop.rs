//! Ending a dossier without a result.

use super::{Reason, RecordedAct};
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use uuid::Uuid;

/// Stop a dossier
///
/// By the approver, with the reason in words (TT 03/2025 form 05).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Reason, example = json!({"reason": "Người nộp không bổ sung giấy tờ trong thời hạn đã hẹn."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/stop")]
pub(crate) async fn stop_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Reason>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, |body| Act::Stop { reason: body.reason }).await
}

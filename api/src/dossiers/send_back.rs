//! Giving a dossier back to an earlier step.

use super::RecordedAct;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which step, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendBack {
    /// Key of an earlier step of the procedure.
    #[schema(max_length = 60, example = "tham-dinh")]
    step: String,
    /// The reason, for the colleague who gets it back.
    #[schema(max_length = 4000, example = "Chưa đối chiếu bản chính.")]
    reason: String,
}

/// Give a dossier back to an earlier step
///
/// The clock runs on; the reason stays in the history (TT 01/2018 Đ8).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = SendBack, example = json!({"step": "tham-dinh", "reason": "Chưa đối chiếu bản chính."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/send-back")]
pub(crate) async fn send_back_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<SendBack>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, |body| Act::SendBack { step: body.step, reason: body.reason }).await
}

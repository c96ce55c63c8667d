//! Handing a dossier to the next step.

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

/// A word with the hand-over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forwarding {
    /// What the next officer should know.
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
}

/// Hand a dossier to the next step
///
/// From the desk to the first step, then step by step (NĐ 61/2018 Đ18).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Forwarding, example = json!({"note": "Đã kiểm tra bản chính."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/forwarding")]
pub(crate) async fn forward_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Forwarding>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, |body| Act::Forward { note: body.note }).await
}

//! Asking for papers, once and in full.

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

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupplementRequest {
    /// What is missing and why, in words, everything at once.
    #[schema(max_length = 4000)]
    reason: String,
    /// Components asked for; only those of the published list.
    #[serde(default)]
    #[schema(max_items = 100)]
    components: Vec<String>,
}

/// Ask for more papers
///
/// Everything in one go; the clock stands until it is answered (NĐ 61/2018 Đ19.4).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = SupplementRequest, example = json!({"reason": "Ảnh chụp giấy chứng sinh bị mờ, đề nghị chụp lại.", "components": ["KS-02"]})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/supplement-request")]
pub(crate) async fn request_supplement(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<SupplementRequest>,
) -> Result<HttpResponse, Problem> {
    office
        .act(ask, *id, seen, |body| Act::RequestSupplement {
            reason: body.reason,
            components: body.components,
        })
        .await
}

//! Asking for papers, once and in full.

use super::RecordedAct;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use entities::dossiers::asking::Despite;
use serde::{Deserialize, Serialize};
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
    /// Why some are asked for although the applicant's store holds them.
    #[serde(default)]
    #[schema(max_items = 100)]
    despite: Vec<DespiteBody>,
}

/// Why a paper is asked for although the store holds a valid one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Despite, example = json!({"component": "KS-02", "cause": "Bản trong kho bị mờ số."}))]
pub(crate) struct DespiteBody {
    /// Code of the component.
    #[schema(max_length = 60)]
    pub(super) component: String,
    /// The cause, in words: an incident, data found wrong.
    #[schema(max_length = 1000)]
    pub(super) cause: String,
}

/// Ask for more papers
///
/// Everything in one go; the clock stands until it is answered (NĐ 61/2018 Đ19.4). A paper of which the applicant's
/// store holds a valid document is not asked for: 409 names the documents, and a recorded cause alone overrules it.
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
            despite: body.despite.into_iter().map(Into::into).collect(),
        })
        .await
}

impl From<DespiteBody> for Despite {
    fn from(body: DespiteBody) -> Self {
        Self { component: body.component, cause: body.cause }
    }
}

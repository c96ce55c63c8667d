//! Handing in what was asked.

use super::{PaperBody, RecordedAct};
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Supplement {
    /// The papers.
    #[schema(max_items = 100)]
    papers: Vec<PaperBody>,
    /// A word with them.
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
}

/// Hand in the papers asked for
///
/// After reception the clock restarts or goes on, as the procedure says (L-25, L-27).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Supplement, example = json!({"papers": [{"component": "KS-02", "file": "0194f3c0-0000-7000-8000-000000000001"}], "note": "Tôi gửi lại ảnh rõ."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/supplement")]
pub(crate) async fn answer_supplement(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Supplement>,
) -> Result<HttpResponse, Problem> {
    office
        .act(ask, *id, seen, |body| Act::AnswerSupplement {
            papers: body.papers.into_iter().map(Into::into).collect(),
            note: body.note,
        })
        .await
}

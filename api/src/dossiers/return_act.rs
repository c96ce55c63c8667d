//! Handing the result over.

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

/// Proof of the hand-over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Return {
    /// Who signed for it, or the delivery's number.
    #[schema(max_length = 1000, example = "Người nộp đã ký nhận tại quầy 3.")]
    proof: String,
    /// Everything that was kept for comparison is given back now (L-46).
    #[serde(default)]
    originals_returned: bool,
}

/// Hand the result over
///
/// Only with proof, not before the fee is paid, and with the originals that were kept; status 10 (L-46, L-47).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Return, example = json!({"proof": "Người nộp đã ký nhận tại quầy 3."})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/return")]
pub(crate) async fn return_result(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Return>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, Return::act).await
}

impl Return {
    fn act(self) -> Act {
        match self.originals_returned {
            true => Act::ReturnWithOriginals { proof: self.proof },
            false => Act::Return { proof: self.proof },
        }
    }
}

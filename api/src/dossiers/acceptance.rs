//! Receiving a dossier as complete.

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

/// What the desk keeps.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    /// Components whose originals stay here for comparison; they go back with the result (L-46).
    #[serde(default)]
    #[schema(max_items = 100, example = json!(["CC-01"]))]
    originals: Vec<String>,
}

/// Receive a dossier
///
/// The desk has found it complete: the legal clock starts (NĐ 61/2018 Đ17, NĐ 118/2025 Đ17.3).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Acceptance, example = json!({"originals": ["CC-01"]})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/acceptance")]
pub(crate) async fn accept_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Acceptance>,
) -> Result<HttpResponse, Problem> {
    office.act(ask, *id, seen, Acceptance::act).await
}

impl Acceptance {
    fn act(self) -> Act {
        match self.originals.is_empty() {
            true => Act::Accept,
            false => Act::AcceptKeeping { originals: self.originals },
        }
    }
}

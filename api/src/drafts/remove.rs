//! Throwing a draft away.

use crate::identity::Asker;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, delete, web};
use entities::dossiers::drafts;
use uuid::Uuid;

/// Throw a draft away
#[utoipa::path(
    tag = "drafts",
    params(("id" = Uuid, Path, description = "Key of the draft"), ("If-Match" = String, Header, description = "ETag last seen")),
    responses((status = 204, description = "Gone"))
)]
#[delete("/v1/drafts/{id}")]
pub(crate) async fn remove_draft(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let version = seen.version().ok_or(Code::PreconditionRequired)?;
    let tx = office.db.begin().await?;
    drafts::remove(&tx, (*id, asker.subject.as_str(), version)).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

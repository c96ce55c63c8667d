//! Throwing a draft away.

use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, delete, web};
use entities::dossiers::drafts;
use uuid::Uuid;

/// Throw a draft away
#[utoipa::path(
    tag = "drafts",
    params(("id" = Uuid, Path, description = "Key of the draft")),
    responses((status = 204, description = "Gone"))
)]
#[delete("/v1/drafts/{id}")]
pub(crate) async fn remove_draft(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    drafts::remove(office.db.writer(), *id, &asker.subject).await?;
    Ok(HttpResponse::NoContent().finish())
}

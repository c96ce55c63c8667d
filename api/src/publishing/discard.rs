//! `DELETE /v1/revision-drafts/{id}`: a draft is thrown away.

use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, delete, web};
use entities::publishing::drafting;
use uuid::Uuid;

/// Throw a draft of a revision away
///
/// It stays on record, and the same publication makes no new one.
#[utoipa::path(tag = "publishing",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "ETag last seen")),
    responses((status = 204, description = "Thrown away"), (status = 409, description = "It has ended",
        body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[delete("/v1/revision-drafts/{id}")]
pub(crate) async fn discard_revision_draft(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let at = office.clock.now();
    let tx = office.db.begin().await?;
    drafting::discard(&tx, *id, seen.version(), (&asker, at)).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

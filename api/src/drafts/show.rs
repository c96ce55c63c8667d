//! One draft.

use super::DraftView;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::drafts;
use uuid::Uuid;

/// Show a draft
#[utoipa::path(
    tag = "drafts",
    params(("id" = Uuid, Path, description = "Key of the draft")),
    responses((status = 200, body = DraftView), (status = 304, description = "Not changed since"))
)]
#[get("/v1/drafts/{id}")]
pub(crate) async fn show_draft(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let row = drafts::find(office.db.reader(), *id, &asker.subject).await?;
    Ok(known.answer(row.version, &office.draft(&row)?))
}

//! `GET /v1/revision-drafts/{id}`: a draft and what it changes.

use super::view::DraftView;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::etag::tag;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::publishing::drafting;
use uuid::Uuid;

/// One draft of a revision
///
/// What it changes against the revision in force, line by line in both languages; what the machine did not decide; the
/// whole revision, to be edited and written back; and what was published.
#[utoipa::path(tag = "publishing", params(("id" = Uuid, Path)), responses((status = 200, body = DraftView)))]
#[get("/v1/revision-drafts/{id}")]
pub(crate) async fn show_revision_draft(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let read = drafting::read(office.db.reader(), &office.catalogue, *id).await?;
    let version = read.row.version;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(version))).json(DraftView::of(read)?))
}

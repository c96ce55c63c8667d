//! `GET /v1/paper-batches/{id}`: one batch, and how far it is.

use super::BatchDetailView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::digitisations::batches::{counted, find_for};
use uuid::Uuid;

/// One batch of old papers
///
/// With how many of its papers are entered, in the store, and left out; the papers themselves are at
/// `/v1/digitisations?batch=`.
#[utoipa::path(tag = "digitisations", params(("id" = Uuid, Path, description = "Key of the batch")),
    responses((status = 200, body = BatchDetailView)))]
#[get("/v1/paper-batches/{id}")]
pub(crate) async fn show_paper_batch(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (row, _) = find_for(db, &asker, *id).await?;
    let counted = counted(db, row.id).await?;
    let etag = crate::manners::etag::tag(row.version);
    Ok(HttpResponse::Ok().insert_header((ETAG, etag)).json(BatchDetailView::of(row, counted)))
}

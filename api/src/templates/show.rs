//! `GET /v1/templates/{id}`: one version of the words of an event.

use super::view::TemplateView;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::etag::tag;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::notices::templates::find;
use uuid::Uuid;

/// One version of the words of an event
#[utoipa::path(tag = "notices", params(("id" = Uuid, Path, description = "Key of the version")),
    responses((status = 200, body = TemplateView)))]
#[get("/v1/templates/{id}")]
pub(crate) async fn show_template(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let row = find(office.db.reader(), *id).await?;
    let seen = row.row_version;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(seen))).json(TemplateView::of(row)?))
}

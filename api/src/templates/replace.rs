//! `PUT /v1/templates/{id}`: a draft is written anew.

use super::view::{NewTemplate, TemplateView};
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::manners::etag::{IfMatch, tag};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, put, web};
use entities::notices::drafting::replace;
use uuid::Uuid;

/// Write a draft anew
#[utoipa::path(tag = "notices",
    params(("id" = Uuid, Path, description = "Key of the draft"), ("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = NewTemplate),
    responses((status = 200, body = TemplateView),
        (status = 409, description = "It is adopted and never changes", body = crate::problems::ProblemDocument,
            content_type = "application/problem+json")))]
#[put("/v1/templates/{id}")]
pub(crate) async fn replace_template(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    seen: IfMatch,
    body: Body<NewTemplate>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let tx = office.db.begin().await?;
    let draft = body.body.draft();
    let row = replace(&tx, (*id, seen.version()), &draft, &office.settings.public_url).await?;
    tx.commit().await?;
    let seen = row.row_version;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(seen))).json(TemplateView::of(row)?))
}

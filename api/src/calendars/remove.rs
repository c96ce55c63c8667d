//! `DELETE /v1/calendars/{version}`: a draft is thrown away.

use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, delete, web};
use entities::calendars::drafting::remove;

/// Throw a draft of the calendar away
#[utoipa::path(tag = "calendars",
    params(("version" = i32, Path, example = 2), ("If-Match" = String, Header, description = "ETag last seen")),
    responses((status = 204, description = "Gone"),
        (status = 409, description = "It is adopted and stays", body = crate::problems::ProblemDocument,
            content_type = "application/problem+json")))]
#[delete("/v1/calendars/{version}")]
pub(crate) async fn remove_calendar(
    office: web::Data<Office>,
    asker: Asker,
    version: web::Path<i32>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let tx = office.db.begin().await?;
    remove(&tx, *version, seen.version()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

//! `GET /v1/catalogue-pulls`: readings of the national catalogue.

use super::view::PullView;
use crate::admin::must_run_catalogue;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::publishing::pulling;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Readings of the national catalogue, newest first
///
/// How many procedures came to which end is told by each reading itself.
#[utoipa::path(tag = "publishing", params(PageQuery), responses((status = 200, body = Page<PullView>)))]
#[get("/v1/catalogue-pulls")]
pub(crate) async fn list_pulls(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let before = listing.position(query.after.as_deref())?;
    let rows = pulling::list(office.db.reader(), before, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(PullView::of(row, BTreeMap::new())?))?;
    Ok(page.answer(listing.address()))
}

/// One reading of the national catalogue
#[utoipa::path(tag = "publishing", params(("id" = Uuid, Path)), responses((status = 200, body = PullView)))]
#[get("/v1/catalogue-pulls/{id}")]
pub(crate) async fn show_pull(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let (row, read) = pulling::find(office.db.reader(), *id).await?;
    Ok(HttpResponse::Ok().json(PullView::of(row, read)?))
}

//! One's own drafts.

use super::DraftView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::drafts;

/// List one's own drafts, newest first
#[utoipa::path(tag = "drafts", params(PageQuery), responses((status = 200, body = Page<DraftView>)))]
#[get("/v1/drafts")]
pub(crate) async fn list_drafts(
    office: web::Data<Office>,
    query: web::Query<PageQuery>,
    asker: Asker,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = drafts::list(office.db.reader(), &asker.subject, after, listing.rows()).await?;
    let page = listing.page(rows, |last| last.id, |row| office.draft(&row))?;
    Ok(page.answer(listing.address()))
}

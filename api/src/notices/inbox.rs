//! `GET /v1/me/notices`: what lies in one's inbox.

use super::view::InboxView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::notices::inbox::list;

/// Your notices, newest first
///
/// What the office told you, whatever became of letters and messages; officers also find what is told to their units.
#[utoipa::path(tag = "notices", params(PageQuery), responses((status = 200, body = Page<InboxView>)))]
#[get("/v1/me/notices")]
pub(crate) async fn list_my_notices(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = list(office.db.reader(), &office.sealer, &asker, (after, listing.rows())).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(InboxView::of(row, &office.sealer)?))?;
    Ok(page.answer(listing.address()))
}

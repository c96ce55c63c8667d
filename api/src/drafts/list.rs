//! One's own drafts.

use super::DraftView;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::dossiers::drafts;

/// List one's own drafts, newest first
#[utoipa::path(tag = "drafts", params(PageQuery), responses((status = 200, body = Page<DraftView>)))]
#[get("/v1/drafts")]
pub(crate) async fn list_drafts(
    office: web::Data<Office>,
    query: web::Query<PageQuery>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let (list, limit) = ("/v1/drafts", query.limit());
    let after = query.after.as_ref().map(|cursor| office.cursors.open(list, cursor)).transpose()?;
    let rows = drafts::list(office.db.reader(), &asker.subject, after, limit + 1).await?;
    Ok(office.page(list, rows, limit, |last| last.id, |row| office.draft(&row))?.answer(list))
}

//! `GET /v1/paper-batches`: the batches of a unit.

use super::BatchView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::digitisations::batches::list;
use rules::access::{Thing, knows};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which batches to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchQuery {
    /// Only of this unit.
    unit: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Batches of old papers, newest first
///
/// Those of the person's units; of the whole province for who oversees it.
#[utoipa::path(tag = "digitisations", params(BatchQuery), responses((status = 200, body = Page<BatchView>)))]
#[get("/v1/paper-batches")]
pub(crate) async fn list_paper_batches(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<BatchQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !knows(&asker, Thing::Digitisations) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = list(office.db.reader(), &asker, (query.unit, after), listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(BatchView::of(row)))?;
    Ok(page.answer(listing.address()))
}

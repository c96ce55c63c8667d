//! `GET /v1/templates`: the versions that were begun here.

use super::view::TemplateView;
use crate::admin::must_run_catalogue;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::notices::state::TemplateState;
use entities::notices::templates::{Search, list};
use rules::notices::NoticeEvent;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which versions to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateQuery {
    /// Only of this event.
    #[param(value_type = Option<String>, example = "accept")]
    event: Option<NoticeEvent>,
    /// Only drafts, or only adopted ones.
    #[param(value_type = Option<String>, example = "draft")]
    state: Option<TemplateState>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Versions of the words of notices, newest first
///
/// Those begun here; what the program ships is version 0 and stands under `GET /v1/templates/in-force`.
#[utoipa::path(tag = "notices", params(TemplateQuery), responses((status = 200, body = Page<TemplateView>)))]
#[get("/v1/templates")]
pub(crate) async fn list_templates(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<TemplateQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { event: query.event, state: query.state, after, limit: listing.rows() };
    let rows = list(office.db.reader(), &search).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(TemplateView::of(row)?))?;
    Ok(page.answer(listing.address()))
}

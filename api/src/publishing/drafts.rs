//! `GET /v1/revision-drafts`: what waits to be published.

use super::view::DraftLine;
use crate::admin::must_run_catalogue;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::columns::key_of;
use entities::publishing::drafting;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where a draft stands.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DraftState {
    /// Waits for a person.
    #[default]
    Draft,
    /// In force, or will be.
    Adopted,
    /// Thrown away.
    Discarded,
}

/// Which drafts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DraftQuery {
    /// Cursor of the next page, as `next` or `Link` gave it.
    after: Option<String>,
    /// 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// Those that wait, when absent.
    #[serde(default)]
    #[param(inline)]
    state: DraftState,
}

/// Drafts of revisions, newest first
#[utoipa::path(tag = "publishing", params(DraftQuery), responses((status = 200, body = Page<DraftLine>,
    example = json!({"items": [{"id": "019a0000-0000-7000-8000-000000000002", "national_code": "1.001193",
        "state": "draft", "based_on": "019a0000-0000-7000-8000-000000000003", "created_at": "2026-11-18T02:00:05Z",
        "changed_at": "2026-11-18T02:00:05Z", "changed_by": null, "ended_at": null, "ended_by": null, "reason": null,
        "revision": null, "version": 1}]}))))]
#[get("/v1/revision-drafts")]
pub(crate) async fn list_revision_drafts(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<DraftQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let listing = Listing::of(&office, &req, query.limit);
    let before = listing.position(query.after.as_deref())?;
    let rows = drafting::list(office.db.reader(), &key_of(&query.state)?, before, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(DraftLine::from(row)))?;
    Ok(page.answer(listing.address()))
}

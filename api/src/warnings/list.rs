//! The warnings for a person.

use super::WarningView;
use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::warnings::reading::{self, Search, WarningState};
use rules::warnings::WarningKind;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which warnings to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WarningQuery {
    /// Only of this unit.
    unit: Option<Uuid>,
    /// Only of this kind.
    #[param(value_type = Option<keys::WarningKind>)]
    kind: Option<WarningKind>,
    /// Only those nobody has seen yet, or only the others.
    #[param(value_type = Option<keys::WarningState>)]
    state: Option<WarningState>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Warnings, newest first
///
/// Those addressed to the person, or to a role the person holds at a unit. Applicants get letters instead, and find
/// what they were told in the history of their dossier.
#[utoipa::path(tag = "queues", params(WarningQuery), responses((status = 200, body = Page<WarningView>)))]
#[get("/v1/warnings")]
pub(crate) async fn list_warnings(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<WarningQuery>,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let (unit, kind, state) = (query.unit, query.kind, query.state);
    let search = Search { unit, kind, state, after, limit: listing.rows() };
    let rows = reading::list(office.db.reader(), &asker, &search).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(WarningView::of(row, lang)?))?;
    Ok(page.answer(listing.address()))
}

//! `GET /v1/reconciliations/{id}/findings`: what a comparison found.

use super::must_see_reconciliations;
use super::view::FindingView;
use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::reconciliations;
use entities::reconciliations::comparing::Kind;
use entities::reconciliations::findings::{self, Search};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which findings to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingQuery {
    /// Only of this kind.
    #[param(value_type = Option<keys::FindingKind>)]
    kind: Option<Kind>,
    /// Only those that are put right, or only those that are not.
    repaired: Option<bool>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// What a comparison with the national portal found, in the order of finding
#[utoipa::path(tag = "admin", params(("id" = Uuid, Path, description = "Key of the comparison"), FindingQuery),
    responses((status = 200, body = Page<FindingView>, example = json!({"items": [{
        "id": "019a0000-0000-7000-8000-000000000042", "dossier": "019a0000-0000-7000-8000-000000000002",
        "code": "000.01.40.H55-260310-0001", "kind": "different_status",
        "kind_words": "Trạng thái trên Cổng khác với ở đây.",
        "here": {"status": "decided", "received_at": "2026-03-09T02:00:00Z", "due_at": "2026-03-11T10:00:00Z"},
        "there": {"status": "processing", "received_at": "2026-03-09T02:00:00Z", "due_at": "2026-03-11T10:00:00Z"},
        "found_at": "2026-03-09T18:30:05Z", "repaired_at": "2026-03-09T18:30:07Z", "trouble": null}]}))))]
#[get("/v1/reconciliations/{id}/findings")]
pub(crate) async fn list_findings(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<FindingQuery>,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_see_reconciliations(&asker)?;
    let db = office.db.reader();
    let run = reconciliations::find(db, *id).await?;
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { kind: query.kind, repaired: query.repaired, after, limit: listing.rows() };
    let rows = findings::list(db, run.id, &search).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(FindingView::of(row, lang)?))?;
    Ok(page.answer(listing.address()))
}

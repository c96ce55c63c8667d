//! `GET /v1/dossiers/{id}/ledger`: every exchange with the national portal about a dossier.

use super::exchange_view::ExchangeView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::{consultations, reading};
use entities::pushes::ledger;
use rules::access::Sight;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LedgerQuery {
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Read what the national portal was told and asked about a dossier, newest first
///
/// Every exchange, also those that were refused and the look-ups of the night. For the officers of the dossier's units
/// with request and answer; for those who oversee the province without them.
#[utoipa::path(tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), LedgerQuery),
    responses((status = 200, body = Page<ExchangeView>, example = json!({"items": [{
        "id": "019a0000-0000-7000-8000-000000000031", "entry": null, "service": "TraCuuHoSo", "verdict": "absent",
        "verdict_words": "Cổng không có hồ sơ này.", "reason": null, "asked_at": "2026-03-10T18:30:00Z",
        "ended_at": "2026-03-10T18:30:00Z", "request": "{\"service\":\"TraCuuHoSo\",\"session\":\"***\"}",
        "answer": "{\"error_code\":\"0\",\"message\":\"Thành công\",\"result\":[]}"}]})),
    (status = 403, description = "The person does not work on the dossier.",
        body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[get("/v1/dossiers/{id}/ledger")]
pub(crate) async fn show_ledger(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<LedgerQuery>,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (db, sealer) = (office.db.reader(), &office.sealer);
    let (dossier, sight) = reading::find(db, sealer, &asker, *id).await?;
    let works = consultations::asks(&dossier, &asker, sealer);
    if !works && sight != Sight::Masked {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = ledger::list(db, dossier.id, after, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(ExchangeView::of(row, sealer, works, lang)?))?;
    Ok(page.answer(listing.address()))
}

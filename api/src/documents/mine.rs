//! `GET /v1/me/documents`: what the office keeps for the person.

use super::{DocumentLine, DocumentView};
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::documents::reading;
use rules::local_time::local_date;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which of one's documents to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentQuery {
    /// Only of this type.
    #[param(max_length = 60, example = "GT-CCCD")]
    paper_type: Option<String>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Your documents, newest first
///
/// Results that were issued to you and papers that were digitised for you, in all their versions. Empty while your
/// sign-in does not vouch for your number.
#[utoipa::path(tag = "documents", params(DocumentQuery), responses((status = 200, body = Page<DocumentLine>)))]
#[get("/v1/me/documents")]
pub(crate) async fn list_my_documents(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<DocumentQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let which = (query.paper_type.as_deref(), listing.position(query.after.as_deref())?);
    let rows = reading::list(office.db.reader(), &office.sealer, &asker, which, listing.rows()).await?;
    let today = local_date(office.clock.now());
    Ok(listing.page(rows, |row| row.id, |row| Ok(DocumentLine::of(row, today)))?.answer(listing.address()))
}

/// One of your documents
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the document")),
    responses((status = 200, body = DocumentView))
)]
#[get("/v1/me/documents/{id}")]
pub(crate) async fn show_my_document(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let row = reading::mine(office.db.reader(), &office.sealer, &asker, *id).await?;
    Ok(HttpResponse::Ok().json(office.document(row, office.clock.now()).await?))
}

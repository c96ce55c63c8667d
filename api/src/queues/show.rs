//! One page of a queue.

use crate::catalogue::listing::Listing;
use crate::dossiers::DossierLine;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::queues::{self, Queue};
use rules::access::Sight;

/// Read a desk queue
///
/// `mine`, `unit`, `late`, `due-today` or `unclaimed`: what waits for the agency at the officer's units, by the date
/// it must be acted on.
#[utoipa::path(
    tag = "queues",
    params(("queue" = String, Path, description = "Which queue", example = "due-today"), PageQuery),
    responses((status = 200, body = Page<DossierLine>))
)]
#[get("/v1/queues/{queue}")]
pub(crate) async fn show_queue(
    office: web::Data<Office>,
    queue: web::Path<Queue>,
    query: web::Query<PageQuery>,
    asker: Asker,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let (db, who) = (office.db.reader(), (&asker.0, office.clock.now()));
    let rows = queues::page(db, who, *queue, after, listing.rows()).await?;
    let view = |row| DossierLine::of(row, Sight::Full, lang);
    let page = listing.page(rows, |last| (last.act_by, last.id), view)?;
    Ok(page.answer(listing.address()))
}

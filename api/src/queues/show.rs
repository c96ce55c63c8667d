//! One page of a queue.

use crate::catalogue::listing::Listing;
use crate::dossiers::DossierLine;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::manners::unmasking::named_for;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::queues::{self, Queue};
use serde::Deserialize;
use utoipa::IntoParams;

/// How a queue is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueQuery {
    /// Dossiers a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
    /// Name persons in full, with a `purpose`; they are masked when absent.
    #[serde(default)]
    unmasked: bool,
    /// What persons are named for, in words; they read it in their access log.
    #[param(max_length = 400, example = "Gọi người dân đến nhận kết quả")]
    purpose: Option<String>,
}

/// Read a desk queue
///
/// `mine`, `unit`, `late`, `due-today` or `unclaimed`: what waits for the agency at the officer's units, by the date
/// it must be acted on. Persons are masked, unless the officer says `unmasked` and what for.
#[utoipa::path(
    tag = "queues",
    params(("queue" = String, Path, description = "Which queue", example = "due-today"), QueueQuery),
    responses((status = 200, body = Page<DossierLine>))
)]
#[get("/v1/queues/{queue}")]
pub(crate) async fn show_queue(
    office: web::Data<Office>,
    queue: web::Path<Queue>,
    query: web::Query<QueueQuery>,
    asker: Asker,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let purpose = named_for(query.unmasked, query.purpose.as_deref())?;
    let (db, who) = (office.db.reader(), (&asker.0, office.clock.now()));
    let rows = queues::page(db, who, *queue, after, listing.rows()).await?;
    let view = |row| office.line(row, (&asker.0, purpose), lang);
    let page = listing.page(rows, |last| (last.act_by, last.id), view)?;
    Ok(page.answer(listing.address()))
}

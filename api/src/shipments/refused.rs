//! What carriers said and the office could not take: the list, and settling one by hand.

use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::cursor::Page;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::payments::words::missing;
use entities::shipments::refused_events::{self, Item, Search};
use entities::shipments::refusing::Settling;
use rules::jobs::Queue;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefusedQuery {
    /// Those that were settled; without it those that wait for a person.
    #[serde(default)]
    settled: bool,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// An event of a carrier that the office could not take.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedSighting, example = json!({"id": "019a0000-0000-7000-8000-000000000009",
    "shipment": "019a0000-0000-7000-8000-000000000001", "dossier": "019a0000-0000-7000-8000-000000000002",
    "carrier": "vnpost_hcc", "event_id": "66574f0a1b2c3d4e5f607080", "state": "delivered", "raw_code": "4",
    "raw_message": "Phát thành công", "code": "damaged_data", "why": "dữ liệu hỏng / damaged data: dossiers.quote",
    "refused_at": "2026-11-12T03:00:00Z", "taken": false, "words": null, "settled_name": null, "settled_at": null,
    "version": 1}))]
pub(crate) struct RefusedSightingView {
    /// Key.
    id: Uuid,
    /// The shipment.
    shipment: Uuid,
    /// Its dossier.
    dossier: Uuid,
    /// Connector key of the carrier.
    carrier: String,
    /// The carrier's key of the event.
    event_id: String,
    /// What it means.
    state: String,
    /// The carrier's code.
    raw_code: String,
    /// The carrier's words; only for who may read the dossier in full.
    raw_message: Option<String>,
    /// Stable code of why it was refused.
    code: String,
    /// Why, in words.
    why: String,
    /// Refused.
    refused_at: DateTime<Utc>,
    /// It was taken after all.
    taken: bool,
    /// What came of it; only for who may read the dossier in full.
    words: Option<String>,
    /// Name of who settled it.
    settled_name: Option<String>,
    /// Settled.
    settled_at: Option<DateTime<Utc>>,
    /// Row version; the ETag of its settlement.
    version: i32,
}

/// List what carriers said and could not be taken
///
/// Newest first, for administrators, the clerks of the postal point and the desk. Nothing waits behind such an event: the
/// shipment goes on with what the carrier says next.
#[utoipa::path(tag = "shipments", params(RefusedQuery), responses((status = 200, body = Page<RefusedSightingView>)))]
#[get("/v1/refused-sightings")]
pub(crate) async fn list_refused_sightings(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<RefusedQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !refused_events::looks_after_any(&asker) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { settled: query.settled, after, limit: listing.rows() };
    let db = office.db.reader();
    let rows = refused_events::list(db, &asker, &search).await?;
    let items = refused_events::items(db, (&office.sealer, &asker), rows).await?;
    let page = listing.page(items, |item| item.row.id, |item| Ok(RefusedSightingView::of(item)))?;
    Ok(page.answer(listing.address()))
}

/// What came of a refused event.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SightingSettlement {
    /// In words.
    #[schema(max_length = 1000, example = "Đã sửa dữ liệu phí, ghi nhận lại.")]
    words: String,
    /// Take the event now, as the newest of its shipment.
    #[serde(default)]
    take: bool,
}

/// Settle a refused event
///
/// With words alone, or by taking the event now; taking it is refused while what stood in its way still does.
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the refused event"), ("If-Match" = String, Header, description = "Its version in quotes, as last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = SightingSettlement, example = json!({"words": "Đã sửa dữ liệu phí, ghi nhận lại.", "take": true})),
    responses((status = 201, body = RefusedSightingView, description = "Settled"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/refused-sightings/{id}/settlement")]
pub(crate) async fn settle_sighting(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<SightingSettlement>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let wrong = missing("/words", &body.words, 1_000);
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let trace = facts.trace.traceparent();
    let settling = Settling { words: &body.words, take: body.take };
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            let row = door.settle_sighting((*id, seen.version()), &settling).await?;
            let version = row.version;
            let mut items = refused_events::items(tx, (&office.sealer, door.by), vec![row]).await?;
            let item = items.pop().ok_or(Error::NotFound("refused sighting"))?;
            let answer = Answer::created("/v1/refused-sightings", &RefusedSightingView::of(item))?;
            Ok(answer.versioned(version).ringing(Queue::ALL))
        })
        .await
}

impl RefusedSightingView {
    fn of(item: Item) -> Self {
        let Item { row, said, words } = item;
        Self {
            id: row.id,
            shipment: row.shipment_id,
            dossier: row.dossier_id,
            carrier: row.carrier,
            event_id: row.event_id,
            state: row.state,
            raw_code: row.raw_code,
            raw_message: said,
            code: row.code,
            why: row.why,
            refused_at: row.refused_at,
            taken: row.taken,
            words,
            settled_name: row.settled_name,
            settled_at: row.settled_at,
            version: row.version,
        }
    }
}

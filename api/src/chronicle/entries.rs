//! `GET /v1/admin/chronicle`: the chronicle for inspectors.

use crate::catalogue::listing::{Listing, checked};
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::instants::{last_moment, midnight};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::chronicle::Entry;
use entities::chronicle::reading::{Search, list};
use rules::access::reads_chronicle;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which entries to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChronicleQuery {
    /// Only by officers of this unit.
    unit: Option<Uuid>,
    /// Only by this person, `issuer|subject`.
    #[param(max_length = 200)]
    subject: Option<String>,
    /// Only about this dossier.
    dossier: Option<Uuid>,
    /// From this local day on.
    from: Option<NaiveDate>,
    /// Until this local day, and on it.
    until: Option<NaiveDate>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// An entry of the chronicle as an inspector sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChronicleEntry, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000e", "kind": "read",
    "what": "GET /v1/dossiers/{id}", "dossier": "0194f3c0-0000-7000-8000-00000000000b", "thing": null,
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "subject": "https://sso.tinh.example|17", "name": "Triệu Thị Lý",
    "role": "case_officer", "title": "Công chức tư pháp", "purposeful": false,
    "trace": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "at": "2026-11-23T02:30:00Z"}))]
pub(crate) struct ChronicleEntryView {
    /// Key of the entry, for its proof.
    id: Uuid,
    /// `act`, `written`, `administration`, `read`, `masked`, `listed` or `exported`.
    #[schema(example = "read")]
    kind: String,
    /// Key of the act, or method and address.
    what: String,
    /// The dossier it was about.
    dossier: Option<Uuid>,
    /// The document or paper that was opened.
    thing: Option<Uuid>,
    /// The unit of who did it.
    unit: Option<Uuid>,
    /// `issuer|subject` of an officer; a blind index of it for anybody else.
    subject: String,
    /// Name of an officer; absent for anybody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Key of the role it was done in.
    #[schema(example = "case_officer")]
    role: String,
    /// Title at the unit.
    title: String,
    /// A purpose was said; only the person whose data it is reads it.
    purposeful: bool,
    /// `traceparent` of the request.
    trace: Option<String>,
    /// When.
    at: DateTime<Utc>,
}

/// Read the chronicle, newest first
///
/// For inspectors. Who acted and looked, at which unit, about which dossier; citizens stay nameless.
#[utoipa::path(tag = "chronicle", params(ChronicleQuery), responses((status = 200, body = Page<ChronicleEntryView>)))]
#[get("/v1/admin/chronicle")]
pub(crate) async fn list_chronicle(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<ChronicleQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !reads_chronicle(&asker) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let query = query.into_inner();
    let search = Search {
        unit: query.unit,
        subject: checked("subject", query.subject, 200)?,
        dossier: query.dossier,
        from: query.from.map(midnight),
        until: query.until.map(last_moment),
        before: listing.position(query.after.as_deref())?,
        limit: listing.rows(),
    };
    let rows = list(office.db.reader(), &office.sealer, &search).await?;
    Ok(listing.page(rows, |row| row.id, |row| Ok(ChronicleEntryView::from(row)))?.answer(listing.address()))
}

impl From<Entry> for ChronicleEntryView {
    fn from(row: Entry) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            what: row.what,
            dossier: row.dossier_id,
            thing: row.thing_id,
            unit: row.unit_id,
            subject: row.subject,
            name: row.name,
            role: row.role,
            title: row.title,
            purposeful: row.purpose_sealed.is_some(),
            trace: row.trace,
            at: row.at,
        }
    }
}

//! The portal's messages for administrators: what came, and what became of it; their content is not shown.

use crate::catalogue::listing::{Listing, checked};
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::inbox::messages::{Filter, may_be_replayed, query};
use entities::tables::portal_messages::Model;
use rules::access::runs_jobs;
use rules::actor::Actor;
use sea_orm::QuerySelect;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A message of the national portal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PortalMessage, example = json!({"id": "0194f3c0-0000-7000-8000-000000000041", "connector": "dvcqg",
    "family": "addtthcKhuyenMai", "verdict": "no_unit", "words": "no receiving unit is named, and no route leads to one",
    "national_id": "G22.99-260310-0001", "dossier": null, "size": 18230, "replayable": true,
    "at": "2026-03-10T02:00:00Z", "replays": 0, "replayed_name": null, "replayed_at": null}))]
pub(crate) struct PortalMessageView {
    /// Key; its order is the order of coming.
    id: Uuid,
    /// Connector key.
    connector: String,
    /// Family, as the address names it.
    family: String,
    /// What became of it.
    #[schema(example = "taken")]
    verdict: String,
    /// Why, in words without any value of the message.
    words: Option<String>,
    /// The portal's key of the dossier, where it could be read.
    national_id: Option<String>,
    /// The dossier it is about.
    dossier: Option<Uuid>,
    /// Bytes it had.
    size: i64,
    /// It had no effect and can be tried again.
    replayable: bool,
    /// When it came.
    at: DateTime<Utc>,
    /// How often it was tried again.
    replays: i32,
    /// Name of who did so last.
    replayed_name: Option<String>,
    /// When that was.
    replayed_at: Option<DateTime<Utc>>,
}

impl From<Model> for PortalMessageView {
    fn from(row: Model) -> Self {
        Self {
            replayable: may_be_replayed(&row),
            id: row.id,
            connector: row.connector,
            family: row.family,
            verdict: row.verdict,
            words: row.words,
            national_id: row.national_id,
            dossier: row.dossier_id,
            size: row.size,
            at: row.at,
            replays: row.replays,
            replayed_name: row.replayed_name,
            replayed_at: row.replayed_at,
        }
    }
}

/// Which messages to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortalMessageQuery {
    /// Only with this verdict.
    #[param(max_length = 24, example = "refused")]
    verdict: Option<String>,
    /// Only of this family.
    #[param(max_length = 60, example = "addtthcKhuyenMai")]
    family: Option<String>,
    /// Only about this dossier.
    dossier: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Messages of the national portal, newest first
///
/// Refused ones too, with the reason. For administrators; what the messages hold stays sealed.
#[utoipa::path(tag = "admin", params(PortalMessageQuery), responses((status = 200, body = Page<PortalMessageView>)))]
#[get("/v1/portal-messages")]
pub(crate) async fn list_portal_messages(
    office: web::Data<Office>,
    asker: Asker,
    asked: web::Query<PortalMessageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    must_run_messages(&asker)?;
    let asked = asked.into_inner();
    let listing = Listing::of(&office, &req, asked.limit);
    let filter = Filter {
        verdict: checked("verdict", asked.verdict, 24)?,
        family: checked("family", asked.family, 60)?,
        dossier: asked.dossier,
        before: listing.position(asked.after.as_deref())?,
    };
    let rows = query(&filter).limit(listing.rows()).all(office.db.reader()).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(PortalMessageView::from(row)))?;
    Ok(page.answer(listing.address()))
}

/// 403 unless the person runs the office's machinery.
pub(super) fn must_run_messages(by: &Actor) -> Result<(), Problem> {
    if runs_jobs(by) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

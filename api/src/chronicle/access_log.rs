//! `GET /v1/me/access-log`: who looked at a person's data or changed it.

use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::chronicle::{Entry, reading};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// One look at a person's data, or one change of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccessLogEntry, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000e", "kind": "read",
    "what": "GET /v1/dossiers/{id}", "dossier": "0194f3c0-0000-7000-8000-00000000000b", "thing": null,
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "role": "case_officer", "title": "Công chức tư pháp",
    "purpose": null, "by_you": false, "at": "2026-11-23T02:30:00Z"}))]
pub(crate) struct AccessLogEntry {
    /// Key of the entry, for its proof.
    id: Uuid,
    /// `act`, `written`, `read`, `masked`.
    #[schema(example = "read")]
    kind: String,
    /// Key of the act, or the address that was read.
    what: String,
    /// The dossier.
    dossier: Option<Uuid>,
    /// The document or paper that was opened.
    thing: Option<Uuid>,
    /// The unit of who did it; none for the person, the office itself and those who oversee the province.
    unit: Option<Uuid>,
    /// Key of the role it was done in.
    #[schema(example = "case_officer")]
    role: String,
    /// Title at the unit; empty for who is no officer.
    title: String,
    /// What for, where it had to be said.
    purpose: Option<String>,
    /// The person did it.
    by_you: bool,
    /// When.
    at: DateTime<Utc>,
}

/// Who looked at your data or changed it, newest first
///
/// Every act on your dossiers and every look of an officer at them and at your documents. Lists that officers go through
/// are kept without the persons in them and are not shown here. Without a sign-in that vouches for your number, only the
/// dossiers of this account count.
#[utoipa::path(tag = "chronicle", params(PageQuery), responses((status = 200, body = Page<AccessLogEntry>)))]
#[get("/v1/me/access-log")]
pub(crate) async fn list_access_log(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let before = listing.position(query.after.as_deref())?;
    let (db, sealer) = (office.db.reader(), &office.sealer);
    let rows = reading::about_me(db, sealer, &asker, before, listing.rows()).await?;
    let keys = reading::keys_of(db, &rows).await?;
    let page = listing.page(rows, |row| row.id, |row| office.logged(&asker, &keys, row))?;
    Ok(page.answer(listing.address()))
}

impl Office {
    fn logged(
        &self,
        by: &Asker,
        keys: &BTreeMap<Uuid, String>,
        row: Entry,
    ) -> Result<AccessLogEntry, Problem> {
        Ok(AccessLogEntry {
            purpose: reading::purpose(&self.sealer, keys, &row)?,
            by_you: reading::is_own(&row, by, &self.sealer),
            id: row.id,
            kind: row.kind,
            what: row.what,
            dossier: row.dossier_id,
            thing: row.thing_id,
            unit: row.unit_id,
            role: row.role,
            title: row.title,
            at: row.at,
        })
    }
}

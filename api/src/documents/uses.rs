//! `GET /v1/me/documents/{id}/uses`: who looked at one's document, and what for.

use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::documents::{reading, using};
use entities::tables::document_uses::Model;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One use of a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DocumentUse, example = json!({"kind": "read", "by": "Hoàng Văn Cửa", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "purpose": "Đối chiếu nhân thân của người đề nghị",
    "at": "2026-11-23T01:00:00Z"}))]
pub(crate) struct UseView {
    /// `filed`, `offered`, `read`, `reused`, `superseded` or `revoked`.
    kind: String,
    /// Name of who did it.
    by: String,
    /// Their unit.
    unit: Option<Uuid>,
    /// The dossier it was for.
    dossier: Option<Uuid>,
    /// What for.
    purpose: String,
    /// When.
    at: DateTime<Utc>,
}

/// Who looked at your document, newest first
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the document"), PageQuery),
    responses((status = 200, body = Page<UseView>))
)]
#[get("/v1/me/documents/{id}/uses")]
pub(crate) async fn list_document_uses(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let document = reading::mine(db, &office.sealer, &asker, *id).await?;
    let listing = Listing::of(&office, &req, query.limit);
    let before = listing.position(query.after.as_deref())?;
    let rows = using::list(db, &document, before, listing.rows()).await?;
    Ok(listing.page(rows, |row| row.id, |row| Ok(UseView::from(row)))?.answer(listing.address()))
}

impl From<Model> for UseView {
    fn from(row: Model) -> Self {
        let Model { kind, by_name, unit_id, dossier_id, purpose, at, .. } = row;
        Self { kind, by: by_name, unit: unit_id, dossier: dossier_id, purpose, at }
    }
}

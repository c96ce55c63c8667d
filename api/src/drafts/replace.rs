//! Saving a draft again.

use super::{DraftView, NewDraft};
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::manners::etag::{IfMatch, tag};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, put, web};
use entities::dossiers::drafts;
use uuid::Uuid;

/// Save a draft again
#[utoipa::path(
    tag = "drafts",
    params(("id" = Uuid, Path, description = "Key of the draft"), ("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = NewDraft, example = json!({"procedure": "1.001193", "application": {"form": {}}})),
    responses((status = 200, body = DraftView, description = "Saved"))
)]
#[put("/v1/drafts/{id}")]
pub(crate) async fn replace_draft(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    seen: IfMatch,
    body: Body<NewDraft>,
) -> Result<HttpResponse, Problem> {
    let version = seen.version().ok_or(Code::PreconditionRequired)?;
    let application = serde_json::Value::Object(body.body.application);
    let tx = office.db.begin().await?;
    let which = (*id, asker.subject.as_str(), version);
    let row = drafts::replace(&tx, &office.sealer, which, &application, office.clock.now()).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().insert_header(("etag", tag(row.version))).json(office.draft(&row)?))
}

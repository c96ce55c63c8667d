//! `PUT /v1/revision-drafts/{id}`: a person finishes a draft.

use super::view::DraftLine;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::manners::etag::{IfMatch, tag};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, put, web};
use entities::publishing::drafting;
use rules::procedure::Revision;
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What the draft should say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevisionText {
    /// The whole revision, in the form of the seed files.
    #[schema(value_type = Object)]
    revision: serde_json::Value,
}

/// Write a draft of a revision anew
///
/// It is the person's from then on: a later reading of the national database leaves it alone.
#[utoipa::path(tag = "publishing",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = RevisionText, example = json!({"revision": {"name": "Đăng ký khai sinh"}})),
    responses((status = 200, body = DraftLine), (status = 409, description = "It has ended",
        body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[put("/v1/revision-drafts/{id}")]
pub(crate) async fn replace_revision_draft(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    seen: IfMatch,
    body: Body<RevisionText>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let revision = read(body.body.revision)?;
    let at = office.clock.now();
    let tx = office.db.begin().await?;
    let row = drafting::replace(&tx, *id, seen.version(), &revision, (&asker, at)).await?;
    tx.commit().await?;
    let version = row.version;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(version))).json(DraftLine::from(row)))
}

fn read(text: serde_json::Value) -> Result<Revision, Problem> {
    serde_json::from_value(text).map_err(|error| {
        let said = error.to_string();
        Problem::invalid(vec![Violation {
            pointer: "/revision".into(),
            code: "revision_unreadable",
            vi: format!("Nội dung thủ tục chưa đúng mẫu: {said}"),
            en: format!("This is not the form of a revision: {said}"),
        }])
    })
}

//! Beginning a draft.

use super::{DraftView, NewDraft};
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::catalogue::procedures;
use entities::dossiers::drafts;

/// Begin a draft
///
/// Kept for its writer alone, without a code; hand it in with `POST /v1/dossiers` when it is complete (C-14).
#[utoipa::path(
    tag = "drafts",
    params(("Idempotency-Key" = String, Header, description = "A new key for each draft")),
    request_body(content = NewDraft, example = json!({"procedure": "1.001193", "application": {"form": {}}})),
    responses((status = 201, body = DraftView, description = "Begun"))
)]
#[post("/v1/drafts")]
pub(crate) async fn create_draft(
    office: web::Data<Office>,
    ask: Ask<NewDraft>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let application = serde_json::Value::Object(body.application);
    office
        .once(&facts, async |tx, at| {
            let procedure = procedures::by_code(tx, &body.procedure).await?;
            let writer = (facts.actor.subject.as_str(), procedure.id);
            let row = drafts::create(tx, &office.sealer, writer, &application, at).await?;
            let (location, version) = (format!("/v1/drafts/{}", row.id), row.version);
            Ok(Answer::created(location, &office.draft(&row)?)?.versioned(version))
        })
        .await
}

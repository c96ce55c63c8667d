//! `POST /v1/revision-drafts/{id}/adoption`: a draft comes into force.

use super::view::DraftLine;
use crate::admin::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use entities::publishing::adopting::{Adoption, adopt};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// From when a draft is in force, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevisionAdoption {
    /// First day; not in the past.
    valid_from: NaiveDate,
    /// Why, in words.
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "Theo Quyết định công bố 12/QĐ-UBND ngày 16/11/2026."
    )]
    reason: String,
}

/// Bring a draft of a revision into force
///
/// It is checked as a seed file is, and refused with everything that is missing. Dossiers keep the revision of the day
/// they were submitted.
#[utoipa::path(tag = "publishing",
    params(("id" = Uuid, Path), ("If-Match" = String, Header, description = "ETag last seen"),
        ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = RevisionAdoption, example = json!({"valid_from": "2026-12-01",
        "reason": "Theo Quyết định công bố 12/QĐ-UBND ngày 16/11/2026."})),
    responses((status = 201, body = DraftLine, description = "Published from that day on"),
        (status = 409, description = "It has ended, or another revision came between",
            body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[post("/v1/revision-drafts/{id}/adoption")]
pub(crate) async fn adopt_revision_draft(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<RevisionAdoption>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let adoption = Adoption { valid_from: body.valid_from, reason: body.reason };
    let answered = office
        .once(&facts, async |tx, at| {
            let row = adopt(tx, (*id, seen.version()), &adoption, (&facts.actor, at)).await?;
            let (location, version) = (format!("/v1/revision-drafts/{}", row.id), row.version);
            Ok(Answer::created(location, &DraftLine::from(row))?.versioned(version))
        })
        .await?;
    office.catalogue.forget();
    Ok(answered)
}

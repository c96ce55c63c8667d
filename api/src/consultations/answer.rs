//! Answering a question that another unit asked.

use super::ConsultationView;
use super::view::version_of;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::manners::key::Facts;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::dossiers::acts::Act;
use entities::dossiers::consultations;
use entities::dossiers::process::Advice;
use sea_orm::DatabaseTransaction;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The opinion.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opinion {
    /// The answer, in words.
    #[schema(max_length = 4000, example = "Thửa đất không nằm trong quy hoạch giao thông.")]
    answer: String,
    /// Key of an uploaded file with it.
    #[serde(default)]
    file: Option<Uuid>,
}

/// Answer a question that another unit asked
///
/// Once, by a case officer or approver of the unit that is asked; after the day it was due it is marked late
/// (NĐ 61/2018 Đ19.5).
#[utoipa::path(
    tag = "consultations",
    params(("id" = Uuid, Path, description = "Key of the consultation"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Opinion, example = json!({"answer": "Thửa đất không nằm trong quy hoạch giao thông."})),
    responses((status = 201, body = ConsultationView, description = "Answered"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/consultations/{id}/answer")]
pub(crate) async fn answer_consultation(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Opinion>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let advice = Advice { consultation: *id, words: body.answer, file: body.file };
    office.once(&facts, async |tx, at| office.advise(&facts, tx, at, (seen, advice)).await).await
}

impl Office {
    async fn advise(
        &self,
        facts: &Facts,
        tx: &DatabaseTransaction,
        at: DateTime<Utc>,
        (seen, advice): (IfMatch, Advice),
    ) -> Result<Answer, Problem> {
        let id = advice.consultation;
        let (row, dossier) = consultations::find(tx, &self.sealer, &facts.actor, id).await?;
        seen.check(version_of(&row))?;
        let trace = facts.trace.traceparent();
        facts.door(self, tx, at, &trace).act(dossier.id, None, &Act::Advise(advice)).await?;
        let row = consultations::by_id(tx, id).await?;
        let version = version_of(&row);
        let view = self.consultation_views(tx, vec![row], true, at).await?.pop();
        Ok(Answer::created(format!("/v1/consultations/{id}"), &view)?.versioned(version))
    }
}

//! `POST /v1/questions/{id}/answer`: an officer answers.

use super::view::QuestionView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::questions::answer;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionReply {
    /// In words.
    #[schema(min_length = 1, max_length = 4000, example = "Bản chính và bản sao cần chứng thực.")]
    answer: String,
}

/// Answer a question put at the national portal
///
/// Once; the portal is told with the name and title of who answered.
#[utoipa::path(tag = "questions",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = QuestionReply, example = json!({"answer": "Bản chính và bản sao cần chứng thực."})),
    responses((status = 201, body = QuestionView, description = "Answered; the portal is told"), (status = 409,
        description = "It has been answered", body = crate::problems::ProblemDocument,
        content_type = "application/problem+json")))]
#[post("/v1/questions/{id}/answer")]
pub(crate) async fn answer_question(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<QuestionReply>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let row = answer(tx, *id, &body.answer, (&facts.actor, at, Some(&trace))).await?;
            Answer::created(format!("/v1/questions/{}", row.id), &QuestionView::of(&office.sealer, row)?)
        })
        .await
}

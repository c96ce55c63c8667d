//! `POST /v1/dossiers/{id}/rating`: the person says how satisfied they were.

use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::dossiers::reading;
use entities::ratings::{Score, give};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How satisfied somebody was.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SatisfactionScore)]
pub(crate) enum ScoreKey {
    /// Rất hài lòng.
    VerySatisfied,
    /// Hài lòng.
    Satisfied,
    /// Chưa hài lòng.
    Dissatisfied,
}

impl From<ScoreKey> for Score {
    fn from(key: ScoreKey) -> Self {
        match key {
            ScoreKey::VerySatisfied => Self::VerySatisfied,
            ScoreKey::Satisfied => Self::Satisfied,
            ScoreKey::Dissatisfied => Self::Dissatisfied,
        }
    }
}

/// What the person says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRating {
    /// How satisfied they were.
    score: ScoreKey,
    /// What they want to say beside it; told to the national portal without their name.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Cán bộ hướng dẫn rõ ràng.")]
    opinion: Option<String>,
}

/// A rating that was given.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rating, example = json!({"score": "very_satisfied", "given_at": "2026-11-24T03:00:00Z"}))]
pub(crate) struct RatingView {
    /// How satisfied the person was.
    #[schema(value_type = ScoreKey)]
    score: String,
    /// Given.
    given_at: DateTime<Utc>,
}

/// Say how satisfied you were
///
/// Once, by the person of the dossier, when the office has ended its work. The answers are counted by month and told
/// to the national portal as counts and opinions, never with a name.
#[utoipa::path(tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"),
        ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewRating, example = json!({"score": "very_satisfied", "opinion": "Cán bộ hướng dẫn rõ ràng."})),
    responses((status = 201, body = RatingView, description = "Taken"), (status = 409,
        description = "The office has not ended its work, or it was said before",
        body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[post("/v1/dossiers/{id}/rating")]
pub(crate) async fn rate_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewRating>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    office
        .once(&facts, async |tx, at| {
            let (dossier, _) = reading::find(tx, &office.sealer, &facts.actor, *id).await?;
            let revised = office.catalogue.revision(tx, dossier.revision_id).await?;
            let said = (body.score.into(), body.opinion.as_deref());
            let about = (&dossier, revised.national_code.as_str());
            let row = give(tx, &office.sealer, about, said, (&facts.actor, at)).await?;
            let view = RatingView { score: row.score, given_at: row.given_at };
            Answer::created(format!("/v1/dossiers/{}/rating", dossier.id), &view)
        })
        .await
}

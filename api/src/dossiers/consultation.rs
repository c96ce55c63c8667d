//! Asking another unit for its opinion, and what was asked.

use super::RecordedAct;
use crate::catalogue::keys;
use crate::consultations::ConsultationView;
use crate::identity::Asker;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::dossiers::acts::Act;
use entities::dossiers::process::{AnswerBy, Question};
use entities::dossiers::{consultations, reading};
use rules::deadlines::{TimeLimit, TimeUnit};
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is asked, of whom, and until when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewConsultation {
    /// Unit that is asked.
    unit: Uuid,
    /// The question, in words.
    #[schema(max_length = 4000, example = "Thửa đất có nằm trong quy hoạch giao thông không?")]
    question: String,
    /// Limit to answer, counted from now; this or `due_at`.
    #[serde(default)]
    due_in: Option<AnswerLimit>,
    /// Moment to answer by; this or `due_in`.
    #[serde(default)]
    due_at: Option<DateTime<Utc>>,
    /// Keys of papers of the dossier that the unit may read while the question is open.
    #[serde(default)]
    #[schema(max_items = 100)]
    papers: Vec<Uuid>,
}

/// A limit to answer.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerLimit {
    /// How many units; 0 for `same_day` and `at_once`.
    #[schema(maximum = 10000, example = 3)]
    amount: u32,
    /// The unit of time.
    #[schema(value_type = keys::TimeUnit)]
    unit: TimeUnit,
}

/// Ask another unit for its opinion
///
/// The clock of the dossier runs on; the question has its own day, and several may be open at once (NĐ 61/2018 Đ19.5).
#[utoipa::path(
    tag = "consultations",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewConsultation, example = json!({"unit": "0194f3c0-0000-7000-8000-000000000010",
        "question": "Thửa đất có nằm trong quy hoạch giao thông không?", "due_in": {"amount": 3, "unit": "working_days"},
        "papers": ["0194f3c0-0000-7000-8000-00000000000c"]})),
    responses((status = 201, body = RecordedAct, description = "Asked and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/consultations")]
pub(crate) async fn consult_unit(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<NewConsultation>,
) -> Result<HttpResponse, Problem> {
    let due = ask.body.due()?;
    let question =
        |body: NewConsultation| Question { unit: body.unit, words: body.question, due, papers: body.papers };
    office.act(ask, *id, seen, |body| Act::Consult(question(body))).await
}

/// List what other units were asked about a dossier
///
/// Oldest first. Question, answer and papers are for the officers of the dossier alone.
#[utoipa::path(
    tag = "consultations",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<ConsultationView>))
)]
#[get("/v1/dossiers/{id}/consultations")]
pub(crate) async fn list_dossier_consultations(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let words = consultations::asks(&dossier, &asker, &office.sealer);
    let rows = consultations::of_dossier(db, dossier.id).await?;
    Ok(HttpResponse::Ok().json(office.consultation_views(db, rows, words, office.clock.now()).await?))
}

impl NewConsultation {
    /// One of the two ways to say until when.
    fn due(&self) -> Result<AnswerBy, Problem> {
        match (self.due_in, self.due_at) {
            (Some(limit), None) => Ok(AnswerBy::Within(TimeLimit { amount: limit.amount, unit: limit.unit })),
            (None, Some(at)) => Ok(AnswerBy::At(at)),
            _ => Err(Problem::invalid(vec![Violation {
                pointer: "/due_in".into(),
                code: "due_missing",
                vi: "Phải ghi hoặc due_in hoặc due_at.".into(),
                en: "Say either due_in or due_at.".into(),
            }])),
        }
    }
}

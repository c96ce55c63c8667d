//! `GET /v1/questions/{id}`: one question.

use super::view::QuestionView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::questions::find;
use uuid::Uuid;

/// One question put at the national portal
#[utoipa::path(tag = "questions", params(("id" = Uuid, Path)), responses((status = 200, body = QuestionView)))]
#[get("/v1/questions/{id}")]
pub(crate) async fn show_question(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let row = find(office.db.reader(), &asker, *id).await?;
    Ok(HttpResponse::Ok().json(QuestionView::of(&office.sealer, row)?))
}

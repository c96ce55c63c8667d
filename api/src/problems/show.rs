//! `GET /problems/{code}`: what a kind of problem means.

use super::{Code, Problem};
use crate::manners::language::Language;
use actix_web::{get, web};
use serde::Serialize;
use utoipa::ToSchema;

/// One kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemKind {
    /// Stable code.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What happened.
    pub title: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// What a kind of problem means
#[utoipa::path(tag = "operations", params(("code" = String, Path, example = "stale")),
    responses((status = 200, body = ProblemKind, example = json!({"code": "stale", "status": 412,
        "title": "Dữ liệu đã thay đổi sau khi bạn đọc.", "advice": "Đọc lại, xem thay đổi, rồi gửi với ETag mới."}))))]
#[get("/problems/{code}")]
pub(crate) async fn show_problem(
    code: web::Path<String>,
    lang: Language,
) -> Result<web::Json<ProblemKind>, Problem> {
    let entry = Code::named(&code).ok_or(Code::NotFound)?.entry();
    Ok(web::Json(ProblemKind {
        code: entry.code,
        status: entry.status,
        title: entry.title(lang.0),
        advice: entry.advice(lang.0),
    }))
}

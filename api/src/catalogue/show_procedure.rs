//! `GET /v1/procedures/{national_code}`: what a procedure says today.

use super::procedure_view::ProcedureView;
use super::shown::shown;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use rules::codes::ProcedureCode;
use rules::local_time::local_date;

/// A procedure, in the revision in force today
#[utoipa::path(tag = "catalogue", params(("national_code" = String, Path, example = "2.000815")),
    responses((status = 200, body = ProcedureView, example = json!({"national_code": "2.000815", "revision": 1,
        "name": "Chứng thực bản sao từ bản chính", "name_en": "Certified copies",
        "field": {"code": "G15-BT01", "name": "Chứng thực"}, "tiers": ["commune"], "level": "mot_phan",
        "partial_reason": "Phải đối chiếu bản chính.", "applicants": ["citizen"], "sequence": ["Nộp hồ sơ."],
        "channels": [{"channel": "online", "limit": {"amount": 0, "unit": "same_day"}, "fees": []}],
        "components": [], "results": [{"code": "KQ-01", "name": "Bản sao có chứng thực"}], "conditions": [],
        "legal_bases": ["NĐ 23/2015/NĐ-CP"], "form_schema": {"type": "object"}, "steps": [], "payment": "after",
        "postal_allowed": true, "boundless": true, "children": [], "supplement": {"clock": "restart", "max_rounds": 1,
        "legal_basis": "NĐ 61/2018 Đ19.4"}})),
    (status = 304, description = "The reader has this revision.")))]
#[get("/v1/procedures/{national_code}")]
pub(crate) async fn show_procedure(
    office: web::Data<Office>,
    national_code: web::Path<String>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let code = national(&national_code)?;
    let (db, at) = (office.db.reader(), office.clock.now());
    let revised = office.catalogue.in_force(db, &code, at).await?;
    let calendar = office.catalogue.calendar(db, at).await?;
    shown(&known, &ProcedureView::of(&revised, &calendar, local_date(at)))
}

/// The national code of an address; 400 when it is of another form.
pub(super) fn national(said: &str) -> Result<String, Problem> {
    let code = ProcedureCode::parse(said).map_err(|_| Code::PathInvalid)?;
    Ok(code.national().to_owned())
}

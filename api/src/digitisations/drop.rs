//! `POST /v1/digitisations/{id}/drop`: a paper is not digitised, for a recorded reason.

use super::DigitisationView;
use crate::dossiers::Reason;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Leave a paper out
///
/// By a desk officer or approver of its unit, for a reason that stays on record; the dossier can then be closed without it.
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the item"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Reason, example = json!({"reason": "Bản giấy đã mờ, không đọc được; người nộp đã lấy lại."})),
    responses((status = 201, body = DigitisationView, description = "Left out"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/digitisations/{id}/drop")]
pub(crate) async fn drop_paper(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Reason>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    office.follow_paper(&facts, async |door| door.drop_item(*id, seen.version(), &body.reason).await).await
}

//! Rejecting a refund.

use super::{RefundView, unsaid};
use crate::dossiers::Reason;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use rules::fees::refunds::RefundAct;
use uuid::Uuid;

/// Reject a refund
///
/// By an approver of the unit that took the money, with the reason in words. The sum may be proposed again.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the refund"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Reason, example = json!({"reason": "Biểu phí không quy định hoàn trả khi rút hồ sơ."})),
    responses((status = 201, body = RefundView, description = "Rejected"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/refunds/{id}/rejection")]
pub(crate) async fn reject_refund(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Reason>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if let Some(wrong) = unsaid("/reason", &body.reason) {
        return Err(Problem::invalid(vec![wrong]));
    }
    office.follow_refund(&facts, (*id, seen), RefundAct::Reject, &body.reason).await
}

//! Approving a refund.

use super::RefundView;
use crate::dossiers::Nothing;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use rules::fees::refunds::RefundAct;
use uuid::Uuid;

/// Approve a refund
///
/// By an approver of the unit that took the money, who is another person than the one who proposed it (F-06). Where the
/// platform of the payment sends money back, it is asked to at once.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the refund"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = RefundView, description = "Approved"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/refunds/{id}/approval")]
pub(crate) async fn approve_refund(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    office.follow_refund(&ask.facts, (*id, seen), RefundAct::Approve, "").await
}

//! Recording that a refund was paid out.

use super::{RefundView, unsaid};
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use rules::fees::refunds::RefundAct;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What proves that the payer has the money again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payout {
    /// Number of the payment order or of the slip the payer signed.
    #[schema(max_length = 1000, example = "Ủy nhiệm chi số 27")]
    proof: String,
}

/// Record that a refund was paid out
///
/// By finance of the unit, who is another person than the one who approved it.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the refund"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Payout, example = json!({"proof": "Ủy nhiệm chi số 27"})),
    responses((status = 201, body = RefundView, description = "Paid out"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/refunds/{id}/payout")]
pub(crate) async fn pay_out_refund(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Payout>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if let Some(wrong) = unsaid("/proof", &body.proof) {
        return Err(Problem::invalid(vec![wrong]));
    }
    office.follow_refund(&facts, (*id, seen), RefundAct::PayOut, &body.proof).await
}

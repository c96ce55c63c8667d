//! Proposing to give money back.

use super::{RefundView, unsaid};
use crate::catalogue::keys;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::refunds::Proposal;
use rules::fees::FeeKind;
use rules::fees::refunds::Ground;
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is to be given back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRefund {
    /// On which ground; `late_success` is the office's own.
    #[schema(value_type = keys::Ground)]
    ground: Ground,
    /// Phí or lệ phí: each goes back from its own account, by a refund of its own.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// Whole đồng, at least 1.
    #[schema(minimum = 1, example = 12000)]
    amount: i64,
    /// Why, in words.
    #[schema(max_length = 1000, example = "Nộp hai lần cho cùng một hồ sơ.")]
    reason: String,
}

/// Propose a refund
///
/// By finance of the unit that took the money. Never more than came in and was not given back yet; the payment itself
/// stays as it is. Another person approves or rejects it (F-06).
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the payment"), ("Idempotency-Key" = String, Header, description = "A new key for each refund")),
    request_body(content = NewRefund, example = json!({"ground": "excess", "kind": "phi", "amount": 12000, "reason": "Nộp hai lần cho cùng một hồ sơ."})),
    responses((status = 201, body = RefundView, description = "Proposed"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/payments/{id}/refunds")]
pub(crate) async fn propose_refund(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewRefund>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let proposal = body.checked()?;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            office.told(facts.door(&office, tx, at, &trace).propose_refund(*id, &proposal).await?)
        })
        .await
}

impl NewRefund {
    fn checked(self) -> Result<Proposal, Problem> {
        let mut wrong: Vec<Violation> = unsaid("/reason", &self.reason).into_iter().collect();
        if self.amount < 1 {
            wrong.push(Violation {
                pointer: "/amount".into(),
                code: "amount_out_of_range",
                vi: "Số tiền hoàn phải từ 1 đồng trở lên.".into(),
                en: "At least 1 đồng is given back.".into(),
            });
        }
        if !wrong.is_empty() {
            return Err(Problem::invalid(wrong));
        }
        let Self { ground, kind, amount, reason } = self;
        Ok(Proposal { ground, kind, amount, reason })
    }
}

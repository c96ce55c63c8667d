//! Money taken at the desk.

use crate::dossiers::RecordedAct;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::dossiers::acts::Act;
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Proof that the whole fee was taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CashPayment {
    /// Number of the fee receipt given to the payer.
    #[schema(max_length = 100, example = "00000012")]
    receipt_number: String,
}

/// Record the fee taken at the desk
///
/// Cash, card at the terminal, or a transfer seen on the account; never counted as paid online.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = CashPayment, example = json!({"receipt_number": "00000012"})),
    responses((status = 201, body = RecordedAct, description = "Recorded"))
)]
#[post("/v1/dossiers/{id}/cash-payment")]
pub(crate) async fn record_cash(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<CashPayment>,
) -> Result<HttpResponse, Problem> {
    if ask.body.receipt_number.trim().is_empty() {
        return Err(Problem::invalid(vec![Violation {
            pointer: "/receipt_number".into(),
            code: "receipt_missing",
            vi: "Chưa ghi số biên lai.".into(),
            en: "The number of the receipt is missing.".into(),
        }]));
    }
    let record =
        |body: CashPayment| Act::RecordPayment { proof: format!("Biên lai số {}", body.receipt_number) };
    office.act(ask, *id, seen, record).await
}

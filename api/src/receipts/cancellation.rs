//! Cancelling a receipt.

use super::ReceiptView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::payments::{PayerIn, payer_of};
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::payments::words::missing;
use entities::receipts::{Cancellation, series};
use rules::access::Sight;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Why a receipt is cancelled, and what stands for it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptCancellation {
    /// Why, in words.
    #[schema(max_length = 1000, example = "Ghi sai tên người nộp.")]
    reason: String,
    /// Make out another one in its place, with the next number.
    #[serde(default)]
    replace: bool,
    /// Who the new one names; the same payer when left out.
    payer: Option<PayerIn>,
}

/// Cancel a receipt
///
/// By finance of the unit. It stays, with its number and the reason; where asked another one stands for it (TT 303/2016
/// Đ4.4). Answers with the replacement, else with the cancelled one.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the receipt"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = ReceiptCancellation, example = json!({"reason": "Ghi sai tên người nộp.", "replace": true, "payer": {"name": "Trần Văn Trả"}})),
    responses((status = 201, body = ReceiptView, description = "Cancelled"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/receipts/{id}/cancellation")]
pub(crate) async fn cancel_fee_receipt(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<ReceiptCancellation>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let wrong = missing("/reason", &body.reason, 1_000);
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let why = Cancellation { reason: body.reason, replace: body.replace, payer: payer_of(body.payer)? };
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            let (cancelled, replacement) = door.cancel_receipt(*id, seen.version(), &why).await?;
            let told = replacement.unwrap_or(cancelled);
            let (location, version) = (format!("/v1/receipts/{}", told.id), told.version);
            let series = series::by_id(tx, told.series_id).await?;
            let view = ReceiptView::of(&office.sealer, (told, &series), None, Sight::Full)?;
            Ok(Answer::created(location, &view)?.versioned(version).ringing([]))
        })
        .await
}

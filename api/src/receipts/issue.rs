//! Making out receipts of money that came before there was a series.

use super::ReceiptView;
use crate::dossiers::Nothing;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::receipts::series;
use rules::access::Sight;
use uuid::Uuid;

/// Issue the receipts of a payment
///
/// Those it has not yet, once the unit has a series; by finance of the unit. Usually they come with the money.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the payment"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = Vec<ReceiptView>, description = "All receipts of the payment"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/payments/{id}/receipts")]
pub(crate) async fn issue_fee_receipts(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let facts = ask.facts;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let mut views = Vec::new();
            for row in facts.door(&office, tx, at, &trace).issue_missing(*id).await? {
                let series = series::by_id(tx, row.series_id).await?;
                views.push(ReceiptView::of(&office.sealer, (row, &series), None, Sight::Full)?);
            }
            Ok(Answer::created("/v1/receipts", &views)?.ringing([]))
        })
        .await
}

//! Taking a result out of force.

use super::ResultView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::results::revoking;
use rules::access::Sight;
use rules::jobs::Queue;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Why a result is revoked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revocation {
    /// The decision or article that orders it.
    #[schema(max_length = 400, example = "Quyết định số 45/QĐ-UBND ngày 20/11/2026")]
    basis: String,
    /// Why, in words the person will read.
    #[schema(max_length = 4000, example = "Giấy tờ làm căn cứ cấp đã bị cơ quan công an kết luận là giả.")]
    reason: String,
}

/// Revoke a result
///
/// By an approver of the unit that issued it, once it was handed over; before that it is corrected. The document that the
/// store keeps of it is revoked with it, whoever checks the code is told at once, and the applicant is told why.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the result"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Revocation, example = json!({"basis": "Quyết định số 45/QĐ-UBND ngày 20/11/2026", "reason": "Giấy tờ làm căn cứ cấp đã bị cơ quan công an kết luận là giả."})),
    responses((status = 201, body = ResultView, description = "Revoked"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/results/{id}/revocation")]
pub(crate) async fn revoke_result(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Revocation>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    let revoked = revoking::Revocation { basis: body.basis, reason: body.reason };
    office
        .once(&facts, async |tx, at| {
            let row =
                facts.door(&office, tx, at, &trace).revoke_result(*id, seen.version(), &revoked).await?;
            let (location, version) = (format!("/v1/results/{}", row.id), row.version);
            let view = office.result_view(row, Sight::Full).await?;
            Ok(Answer::created(location, &view)?.versioned(version).ringing([Queue::Quick]))
        })
        .await
}

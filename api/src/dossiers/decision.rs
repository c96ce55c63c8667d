//! Issuing the result.

use super::RecordedAct;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use entities::dossiers::acts::{Act, Outcome};
use rules::results::Validity;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The result.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decision {
    /// `granted`, or `rejected` on the merits with a reason.
    #[schema(value_type = String, example = "granted", pattern = "^(granted|rejected)$")]
    outcome: Outcome,
    /// Số, ký hiệu.
    #[schema(max_length = 60, example = "12/2026/KS")]
    number: String,
    /// Result code of the procedure.
    #[schema(max_length = 60)]
    result_code: String,
    /// Key of the uploaded result file.
    #[serde(default)]
    file: Option<Uuid>,
    /// Why, when rejected.
    #[serde(default)]
    #[schema(max_length = 4000)]
    reason: String,
    /// First day of validity; the day of issue when absent.
    #[serde(default)]
    #[schema(example = "2026-11-24")]
    valid_from: Option<NaiveDate>,
    /// Last day of validity; as the procedure says when absent.
    #[serde(default)]
    #[schema(example = "2027-05-24")]
    valid_until: Option<NaiveDate>,
}

/// Issue the result
///
/// At the last step, with the result file; status 9 (L-47). What is granted becomes a result with a code to check it by:
/// `/v1/dossiers/{id}/results`.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Decision, example = json!({"outcome": "granted", "number": "12/2026/KS", "result_code": "KQ-01", "file": "0194f3c0-0000-7000-8000-000000000002"})),
    responses((status = 201, body = RecordedAct, description = "Done and recorded"), (status = 409, description = "Refused: what blocks and what is allowed", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/decision")]
pub(crate) async fn decide_dossier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Decision>,
) -> Result<HttpResponse, Problem> {
    office
        .act(ask, *id, seen, |body| Act::Decide {
            outcome: body.outcome,
            number: body.number,
            result_code: body.result_code,
            file: body.file,
            reason: body.reason,
            validity: Validity { from: body.valid_from, until: body.valid_until },
        })
        .await
}

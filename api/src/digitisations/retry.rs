//! `POST /v1/digitisations/{id}/retry`: a paper that was held up goes on.

use super::DigitisationView;
use crate::dossiers::Nothing;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Let the machine try again
///
/// From the stage at which it was held up; what earlier stages found is kept.
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the item"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = DigitisationView, description = "Goes on"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/digitisations/{id}/retry")]
pub(crate) async fn retry_paper(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    office.follow_paper(&ask.facts, async |door| door.retry_item(*id, seen.version()).await).await
}

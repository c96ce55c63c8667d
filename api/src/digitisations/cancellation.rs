//! `POST /v1/digitisations/{id}/cancellation`: the machine is stopped.

use super::DigitisationView;
use crate::dossiers::Nothing;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Stop the machine
///
/// The paper then waits for somebody who scans it again, lets the machine try again, or leaves it out.
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the item"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = DigitisationView, description = "Stopped"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/digitisations/{id}/cancellation")]
pub(crate) async fn cancel_paper(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    office.follow_paper(&ask.facts, async |door| door.cancel_item(*id, seen.version()).await).await
}

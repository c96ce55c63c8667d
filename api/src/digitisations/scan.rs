//! `POST /v1/digitisations/{id}/scan`: an officer hands in what was scanned.

use super::DigitisationView;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What was scanned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scan {
    /// A file that the person uploaded.
    #[schema(example = "0194f3c0-0000-7000-8000-000000000001")]
    file: Uuid,
}

/// Hand in what was scanned
///
/// The file goes its way through quarantine, pages, text and signatures into the store. Doing it again sets aside what
/// an earlier file gave (D-04, D-06).
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the item"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Scan, example = json!({"file": "0194f3c0-0000-7000-8000-000000000001"})),
    responses((status = 201, body = DigitisationView, description = "Taken; its file is being inspected"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/digitisations/{id}/scan")]
pub(crate) async fn scan_paper(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Scan>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    office.follow_paper(&facts, async |door| door.scan(*id, seen.version(), body.file).await).await
}

//! `POST /v1/dossiers/{id}/shipments`: a result is sent once more.

use super::ShipmentView;
use crate::dossiers::Nothing;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Send a result again
///
/// By the desk, when the last carriage came back or was called off; it travels under a number of its own.
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = ShipmentView, description = "Asked for; ordered at the carrier within a moment"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/shipments")]
pub(crate) async fn send_again(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let facts = ask.facts;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            office.shipped(facts.door(&office, tx, at, &trace).send_again(*id).await?)
        })
        .await
}

//! `POST /v1/dossiers/{id}/shipments/{shipment}/cancellation`: a carriage is called off.

use super::ShipmentView;
use crate::dossiers::Nothing;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Call a carriage off
///
/// Only before it is on its way. The carrier is told by a job: the state is `cancelling` until it has agreed.
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("shipment" = Uuid, Path, description = "Key of the shipment"), ("If-Match" = String, Header, description = "Its version in quotes, as last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = ShipmentView, description = "Called off, or about to be"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/shipments/{shipment}/cancellation")]
pub(crate) async fn cancel_shipment(
    office: web::Data<Office>,
    path: web::Path<(Uuid, Uuid)>,
    seen: IfMatch,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (facts, (dossier, shipment)) = (ask.facts, *path);
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            office.shipped(door.call_off(dossier, (shipment, seen.version())).await?)
        })
        .await
}

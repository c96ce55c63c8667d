//! `POST /v1/dossiers/{id}/shipments/{shipment}/return-to-agency`: a parcel came back.

use super::ShipmentView;
use crate::dossiers::Nothing;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use uuid::Uuid;

/// Take a result back from the post
///
/// By the desk, after two deliveries in vain or when the carrier brings it back. The result waits at the desk from then on;
/// the person and the desk are told, and it may be sent again (TT 17/2017 Đ5.2h).
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("shipment" = Uuid, Path, description = "Key of the shipment"), ("If-Match" = String, Header, description = "Its version in quotes, as last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = ShipmentView, description = "Back at the agency"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/shipments/{shipment}/return-to-agency")]
pub(crate) async fn take_back_shipment(
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
            office.shipped(door.take_back(dossier, (shipment, seen.version())).await?)
        })
        .await
}

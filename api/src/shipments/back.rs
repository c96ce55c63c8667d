//! `POST /v1/dossiers/{id}/shipments/{shipment}/return-to-agency`: a parcel came back.

use super::ShipmentView;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A parcel that lies at the desk again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakenBack {
    /// Why it is here although the carrier has not said enough; not needed where it has.
    #[serde(default)]
    #[schema(max_length = 1000, example = "Bưu tá đem trả tại quầy, người nhận đã chuyển đi.")]
    reason: Option<String>,
}

/// Take a result back from the post
///
/// By the desk, after two deliveries in vain or when the carrier brings it back; where the carrier has not said so, with a
/// reason in words, which is kept. The result waits at the desk from then on;
/// the person and the desk are told, and it may be sent again (TT 17/2017 Đ5.2h).
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("shipment" = Uuid, Path, description = "Key of the shipment"), ("If-Match" = String, Header, description = "Its version in quotes, as last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = TakenBack, example = json!({"reason": "Bưu tá đem trả tại quầy, người nhận đã chuyển đi."})),
    responses((status = 201, body = ShipmentView, description = "Back at the agency"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/shipments/{shipment}/return-to-agency")]
pub(crate) async fn take_back_shipment(
    office: web::Data<Office>,
    path: web::Path<(Uuid, Uuid)>,
    seen: IfMatch,
    ask: Ask<TakenBack>,
) -> Result<HttpResponse, Problem> {
    let (facts, reason, (dossier, shipment)) = (ask.facts, ask.body.reason, *path);
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            let taken = door.take_back(dossier, (shipment, seen.version()), reason.as_deref()).await?;
            office.shipped(taken)
        })
        .await
}

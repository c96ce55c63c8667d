//! `POST /v1/shipments/{id}/proof`: who took a parcel.

use super::ShipmentView;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::shipments::proving::Proof;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who took a delivered parcel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProof {
    /// Name.
    #[schema(max_length = 200, example = "Nguyễn Thị Mẫu")]
    taken_by: String,
    /// What they are to the applicant; absent for the applicant in person.
    #[serde(default)]
    #[schema(max_length = 200, example = "chồng")]
    relation: Option<String>,
    /// The paper they were known by, with its number.
    #[schema(max_length = 200, example = "CCCD 006199000001")]
    paper: String,
    /// When.
    at: DateTime<Utc>,
}

/// Record who took a parcel
///
/// By a clerk of the postal point that carried it, or by the desk; once, and kept sealed (TT 17/2017 Đ5.2).
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the shipment"), ("If-Match" = String, Header, description = "Its version in quotes, as last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewProof, example = json!({"taken_by": "Nguyễn Thị Mẫu", "paper": "CCCD 006199000001", "at": "2026-11-12T03:00:00Z"})),
    responses((status = 201, body = ShipmentView, description = "Recorded"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/shipments/{id}/proof")]
pub(crate) async fn prove_delivery(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<NewProof>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    let NewProof { taken_by, relation, paper, at: taken_at } = body;
    let proof = Proof { taken_by, relation, paper, at: taken_at };
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            office.shipped(door.prove_delivery((*id, seen.version()), &proof).await?)
        })
        .await
}

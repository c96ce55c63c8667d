//! `POST /v1/dossiers/{id}/collection`: the post fetches papers from home.

use super::ShipmentView;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is to be fetched.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collection {
    /// Papers by name, 1 to 50; the postman counts them.
    #[schema(min_items = 1, max_items = 50, example = json!(["Bản chính giấy chứng sinh"]))]
    papers: Vec<String>,
}

/// Have papers fetched from home
///
/// Asked by the person or by the desk, while papers may still come in. 422 `post_not_allowed` where no decision allows the
/// procedure by public post: its `postal_decision` names it (QĐ 45/2016 Đ5).
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Collection, example = json!({"papers": ["Bản chính giấy chứng sinh"]})),
    responses((status = 201, body = ShipmentView, description = "Asked for; ordered at the carrier within a moment"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/collection")]
pub(crate) async fn ask_collection(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Collection>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let door = facts.door(&office, tx, at, &trace);
            office.shipped(door.ask_collection(*id, &body.papers).await?)
        })
        .await
}

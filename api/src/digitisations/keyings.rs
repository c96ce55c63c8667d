//! `POST /v1/digitisations/{id}/keyings`: what a person read on the paper.

use super::fields::FieldsView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::manners::key::Facts;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::digitisations::fields;
use entities::digitisations::keyings::Keyed;
use rules::jobs::Queue;
use sea_orm::DatabaseTransaction;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a person read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keying {
    /// Some or all of the fields that wait for this person.
    #[schema(min_items = 1, max_items = 200)]
    fields: Vec<KeyedField>,
}

/// One field as a person read it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyedField {
    /// Its name.
    #[schema(example = "number")]
    name: String,
    /// What stands on the paper; empty where it says nothing.
    #[schema(max_length = 2000, example = "12/CT")]
    value: String,
}

/// Key fields of a paper
///
/// All of them or none. A field drawn by lot is keyed by two people, neither of whom sees the other's; where they
/// differ a third one decides. With the last field the paper goes on into the store.
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the item"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Keying, example = json!({"fields": [{"name": "number", "value": "12/CT"}]})),
    responses((status = 201, body = FieldsView, description = "Taken", example = json!({"open": 0, "fields": [
        {"name": "number", "state": "checked", "read": "12/GT", "confidence": 61, "region": null, "drawn": false,
         "yours": false, "keyed": [], "value": "12/CT"}]})),
        (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/digitisations/{id}/keyings")]
pub(crate) async fn key_digitised_fields(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Keying>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let keyed = body.fields.into_iter().map(|one| Keyed { field: one.name, value: one.value }).collect();
    office.once(&facts, async |tx, at| office.keyed(&facts, (tx, at), (*id, seen), keyed).await).await
}

impl Office {
    async fn keyed(
        &self,
        facts: &Facts,
        (tx, at): (&DatabaseTransaction, DateTime<Utc>),
        (id, seen): (Uuid, IfMatch),
        keyed: Vec<Keyed>,
    ) -> Result<Answer, Problem> {
        let trace = facts.trace.traceparent();
        let item = facts.door(self, tx, at, &trace).key_fields(id, seen.version(), &keyed).await?;
        let now = fields::of(tx, &self.sealer, id).await?;
        let view = FieldsView::of(&now, &facts.actor);
        let answer = Answer::created(format!("/v1/digitisations/{id}/fields"), &view)?;
        Ok(answer.versioned(item.version).ringing([Queue::Heavy]))
    }
}

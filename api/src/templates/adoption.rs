//! `POST /v1/templates/{id}/adoption`: a draft comes into force.

use super::view::TemplateView;
use crate::admin::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::notices::drafting::{Adoption, adopt};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// From when a draft is in force, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TemplateAdoption, example = json!({"reason": "Lời ngắn hơn, dễ hiểu hơn.", "in_force_from": null}))]
pub(crate) struct NewAdoption {
    /// Why.
    #[schema(min_length = 1, max_length = 1000, example = "Lời ngắn hơn, dễ hiểu hơn.")]
    reason: String,
    /// From when on; at once when none is said, never in the past.
    #[serde(default)]
    in_force_from: Option<DateTime<Utc>>,
}

/// Bring a draft into force
///
/// What is told from then on is told in these words. The version never changes again, and earlier ones stay.
#[utoipa::path(tag = "notices",
    params(("id" = Uuid, Path, description = "Key of the draft"), ("If-Match" = String, Header, description = "ETag last seen"),
        ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewAdoption),
    responses((status = 201, body = TemplateView, description = "Adopted"),
        (status = 409, description = "Adopted already", body = crate::problems::ProblemDocument,
            content_type = "application/problem+json")))]
#[post("/v1/templates/{id}/adoption")]
pub(crate) async fn adopt_template(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<NewAdoption>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let adoption = Adoption { in_force_from: body.in_force_from, reason: body.reason };
    let url = &office.settings.public_url;
    office
        .once(&facts, async |tx, at| {
            let row = adopt(tx, (*id, seen.version()), &adoption, url, (&facts.actor, at)).await?;
            let (location, seen) = (format!("/v1/templates/{}", row.id), row.row_version);
            Ok(Answer::created(location, &TemplateView::of(row)?)?.versioned(seen).ringing([]))
        })
        .await
}

//! `POST /v1/catalogue-pulls`: the national database is read.

use super::view::PullView;
use crate::admin::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::publishing::pulling::ask as ask_for;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What to read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewCataloguePull)]
pub(crate) struct NewPull {
    /// National procedure codes, at most 200; none reads every procedure that is known here.
    #[serde(default)]
    codes: Vec<String>,
}

/// Read the national catalogue
///
/// The lists first, then procedure by procedure. What says something else than the revision in force becomes a draft
/// with its differences; nothing comes into force without a person. A procedure that is not known here is read only
/// when its code is named.
#[utoipa::path(tag = "publishing",
    params(("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewPull, example = json!({"codes": ["1.001193"]})),
    responses((status = 201, body = PullView, description = "Asked for; the jobs follow")))]
#[post("/v1/catalogue-pulls")]
pub(crate) async fn pull_catalogue(
    office: web::Data<Office>,
    ask: Ask<NewPull>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let row = ask_for(tx, &body.codes, (&facts.actor, at, Some(&trace))).await?;
            Answer::created(format!("/v1/catalogue-pulls/{}", row.id), &PullView::of(row, BTreeMap::new())?)
        })
        .await
}

//! `POST /v1/paper-batches/{id}/closure`: the box goes back to the shelf.

use super::BatchView;
use crate::dossiers::Nothing;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::digitisations::batches::close;
use entities::digitisations::people::Hand;
use uuid::Uuid;

/// Close a batch of old papers
///
/// Once every paper entered is in the store, or left out for a reason.
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the batch"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = BatchView, description = "Closed"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/paper-batches/{id}/closure")]
pub(crate) async fn close_paper_batch(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let facts = &ask.facts;
    office
        .once(facts, async |tx, at| {
            let hand = Hand { by: &facts.actor, at, sealer: &office.sealer };
            let row = close(tx, (*id, seen.version()), &hand).await?;
            let version = row.version;
            let location = format!("/v1/paper-batches/{id}");
            Ok(Answer::created(location, &BatchView::of(row))?.versioned(version).ringing([]))
        })
        .await
}

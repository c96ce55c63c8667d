//! `POST /v1/me/notices/{id}/seen`: noting that a notice was seen.

use super::view::InboxView;
use crate::dossiers::Nothing;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::notices::inbox::see;
use uuid::Uuid;

/// Note that a notice was seen
///
/// By somebody it is for; who saw it first stays.
#[utoipa::path(
    tag = "notices",
    params(("id" = Uuid, Path, description = "Key of the notice"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 200, body = InboxView, description = "Seen"))
)]
#[post("/v1/me/notices/{id}/seen")]
pub(crate) async fn see_notice(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    office
        .once(&ask.facts, async |tx, at| {
            let row = see(tx, &office.sealer, &ask.facts.actor, (*id, at)).await?;
            Ok(Answer::ok(&InboxView::of(row, &office.sealer)?)?.ringing([]))
        })
        .await
}

//! Taking the next dossier of the queue.

use crate::dossiers::{DossierLine, Nothing};
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use rules::access::Sight;

/// Take the next dossier
///
/// The most pressing one that waits for a role of this officer and that nobody has. Safe under many officers at once:
/// no two get the same. 204 when nothing waits.
#[utoipa::path(
    tag = "queues",
    params(("Idempotency-Key" = String, Header, description = "A new key for each taking")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 200, body = DossierLine, description = "Taken on"), (status = 204, description = "Nothing waits"))
)]
#[post("/v1/queues/unclaimed/next")]
pub(crate) async fn take_next(office: web::Data<Office>, ask: Ask<Nothing>) -> Result<HttpResponse, Problem> {
    let facts = ask.facts;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let Some(taken) = facts.door(&office, tx, at, &trace).take_next().await? else {
                return Ok(Answer::nothing());
            };
            let version = taken.version;
            Ok(Answer::ok(&DossierLine::of(taken, Sight::Full, facts.lang)?)?.versioned(version))
        })
        .await
}

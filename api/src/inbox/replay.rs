//! Trying a message of the portal again, when what stood in its way has been mended.

use super::heard::Heard;
use super::messages::{PortalMessageView, must_run_messages};
use crate::dossiers::Nothing;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::inbox::messages::{Raw, body, by_id, may_be_replayed};
use entities::tables::portal_messages::Model;
use rules::refusal::{Block, Refusal};
use uuid::Uuid;

/// Try a message of the national portal again
///
/// One that was refused for a reason since mended: a unit without a route, a procedure that was not in force, a
/// supplement before its dossier. What had its effect is left alone.
#[utoipa::path(
    tag = "admin",
    params(("id" = Uuid, Path, description = "Key of the message"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 200, body = PortalMessageView, description = "Tried; the verdict says what became of it"), (status = 409, description = "It had its effect, or is not here as a whole", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/portal-messages/{id}/replay")]
pub(crate) async fn replay_portal_message(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    must_run_messages(&ask.facts.actor)?;
    let row = by_id(office.db.reader(), *id).await?;
    let open = may_be_replayed(&row);
    if open && !ask.facts.dry_run {
        again(&office, &row, &ask.facts.actor.name, ask.facts.trace.traceparent()).await?;
    }
    // A second request with the same key finds the message replayed, and hears the answer kept here.
    office
        .once(&ask.facts, async |tx, _| {
            if !open {
                return Err(had_its_effect());
            }
            Ok(Answer::ok(&PortalMessageView::from(by_id(tx, *id).await?))?.ringing([]))
        })
        .await
}

async fn again(office: &Office, row: &Model, name: &str, trace: String) -> Result<(), Problem> {
    let bytes = body(&office.sealer, row)?;
    let inbox = office.wires.portal_of(&row.connector).ok_or(Code::NotFound)?.inbox();
    let raw =
        Raw { id: row.id, connector: &row.connector, family: &row.family, body: &bytes, again: Some(name) };
    Heard { office, inbox, raw, at: office.clock.now(), trace }.receive().await?;
    Ok(())
}

fn had_its_effect() -> Problem {
    let block = Block {
        code: "message_not_replayable",
        vi: "Thông điệp này đã được xử lý, hoặc không còn đủ nội dung để thử lại.".into(),
        en: "The message had its effect, or is not kept as a whole.".into(),
        legal_basis: None,
    };
    Problem::refused(Refusal { act: "replay", status: None, blocked_by: vec![block], allowed: Vec::new() })
}

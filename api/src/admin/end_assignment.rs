//! `POST /v1/admin/assignments/{id}/ending`: an officer holds a role no longer.

use super::assignment_view::AssignmentView;
use super::must_run_people;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::people::{end, show};
use rules::refusal::{Block, Refusal};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Nothing has to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ending {}

/// End a role of an officer
///
/// From now on, and within the seconds for which roles are remembered. What was done under the role stays done.
#[utoipa::path(tag = "admin",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = Ending, example = json!({})),
    responses((status = 201, body = AssignmentView, description = "The assignment as it stands now.",
        example = json!({"id": "019a0000-0000-7000-8000-000000000001",
        "subject": "https://sso.tinh.example/realms/motcua|0f8fad5b", "name": "Hoàng Văn Cửa",
        "title": "Cán bộ một cửa", "role": "desk_officer", "unit": "019a0000-0000-7000-8000-000000000002",
        "valid_from": "2026-03-10T02:00:00Z", "valid_to": "2026-09-01T01:00:00Z"})),
        (status = 409, body = crate::problems::ProblemDocument, content_type = "application/problem+json",
            description = "It had ended before.")))]
#[post("/v1/admin/assignments/{id}/ending")]
pub(crate) async fn end_assignment(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Ending>,
) -> Result<HttpResponse, Problem> {
    must_run_people(&ask.facts.actor)?;
    office
        .once(&ask.facts, async |tx, at| {
            let ended = end(tx, *id, at).await?;
            let row = show(tx, *id).await?;
            if !ended {
                return Err(over());
            }
            let location = format!("/v1/admin/assignments/{}", row.id);
            Ok(Answer::created(location, &AssignmentView::of(row)?)?.ringing([]))
        })
        .await
}

fn over() -> Problem {
    let block = Block {
        code: "assignment_ended",
        vi: "Phân công này đã kết thúc trước đó.".into(),
        en: "This assignment had ended before.".into(),
        legal_basis: None,
    };
    Problem::refused(Refusal { act: "ending", status: None, blocked_by: vec![block], allowed: Vec::new() })
}

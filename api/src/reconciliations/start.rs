//! `POST /v1/reconciliations`: a comparison with the national portal is begun by hand.

use super::view::ReconciliationView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::reconciliations::{self, Wanted};
use rules::access::runs_jobs;
use rules::jobs::Queue;
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is to be compared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReconciliationRequest)]
pub(crate) struct Wish {
    /// Look at ended dossiers too to which something happened from here on; since the last good comparison when absent.
    since: Option<DateTime<Utc>>,
}

/// Compare our dossiers with what the national portal holds
///
/// All that are not over, and those that ended since. A comparison that still runs is overtaken by this one. For
/// administrators.
#[utoipa::path(tag = "admin",
    params(("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Wish, example = json!({"since": "2026-01-01T00:00:00Z"})),
    responses((status = 201, body = ReconciliationView, description = "Begun; the walk follows", example = json!({
        "id": "019a0000-0000-7000-8000-000000000041", "state": "running", "since": "2026-01-01T00:00:00Z",
        "asked_name": "Lý Thị Trị", "started_at": "2026-03-10T02:00:00Z", "ended_at": null, "looked_at": 0,
        "passed_over": 0})),
    (status = 403, description = "The person does not run the office.",
        body = crate::problems::ProblemDocument, content_type = "application/problem+json")))]
#[post("/v1/reconciliations")]
pub(crate) async fn start_reconciliation(
    office: web::Data<Office>,
    ask: Ask<Wish>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if !runs_jobs(&facts.actor) {
        return Err(Code::Forbidden.into());
    }
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            if body.since.is_some_and(|since| since > at) {
                return Err(Problem::invalid(vec![in_the_future()]));
            }
            let wanted = Wanted { id: Uuid::now_v7(), by: Some(&facts.actor), since: body.since };
            let run = reconciliations::begin(tx, wanted, at, Some(&trace)).await?;
            let address = format!("/v1/reconciliations/{}", run.id);
            Ok(Answer::created(address, &ReconciliationView::of(run)?)?.ringing([Queue::Party]))
        })
        .await
}

fn in_the_future() -> Violation {
    Violation {
        pointer: "/since".into(),
        code: "in_the_future",
        vi: "Thời điểm này chưa đến.".into(),
        en: "This moment has not come yet.".into(),
    }
}

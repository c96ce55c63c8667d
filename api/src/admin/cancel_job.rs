//! `POST /v1/admin/jobs/{id}/cancellation`: a job that waits or was given up is taken back.

use super::job_view::JobView;
use super::{must_run_jobs, too_late};
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::jobs::review::{cancel, show};
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Why a job is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cancelling {
    /// Reason, for those who look at the job later; no personal data.
    #[schema(min_length = 1, max_length = 500, example = "Sent by hand on 10 March")]
    reason: String,
}

/// Take a job back
///
/// Its effect will not be made. A job that is running or done cannot be taken back.
#[utoipa::path(tag = "admin",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = Cancelling, example = json!({"reason": "Sent by hand on 10 March"})),
    responses((status = 201, body = JobView, description = "The job as it stands now.",
        example = json!({"id": "019a0000-0000-7000-8000-000000000001", "kind": "track_post",
            "payload": {"kind": "track_post"}, "payload_version": 1, "queue": "party", "state": "cancelled",
            "words": {"vi": "Đã hủy, 09:00:00 10/03/2026: Sent by hand on 10 March.",
                "en": "Cancelled, 09:00:00 10/03/2026: Sent by hand on 10 March."},
            "attempts": 23, "max_attempts": 23, "next_run_at": "2026-03-10T02:00:00Z", "lease": null,
            "last_error": "Sent by hand on 10 March", "ordering_key": "track_post", "dossier": null, "cause": null,
            "traceparent": null, "created_at": "2026-03-07T02:00:00Z", "finished_at": "2026-03-10T02:00:00Z"})),
        (status = 409, body = crate::problems::ProblemDocument, content_type = "application/problem+json",
            description = "It is running, done or cancelled.")))]
#[post("/v1/admin/jobs/{id}/cancellation")]
pub(crate) async fn cancel_job(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Cancelling>,
) -> Result<HttpResponse, Problem> {
    must_run_jobs(&ask.facts.actor)?;
    let reason = checked(&ask.body.reason)?;
    office
        .once(&ask.facts, async |tx, at| {
            let cancelled = cancel(tx, *id, reason, at).await?;
            let job = show(tx, *id).await?.ok_or(Code::NotFound)?;
            if !cancelled {
                return Err(too_late(
                    "cancellation",
                    "Việc này đang làm, đã xong hoặc đã hủy, nên không hủy được.",
                    "The job is being done, done or cancelled, so it cannot be taken back.",
                ));
            }
            Ok(Answer::created(format!("/v1/admin/jobs/{}", job.id), &JobView::of(job, at))?.ringing([]))
        })
        .await
}

fn checked(reason: &str) -> Result<&str, Problem> {
    let reason = reason.trim();
    if (1..=500).contains(&reason.chars().count()) && !reason.contains('\0') {
        return Ok(reason);
    }
    Err(Problem::invalid(vec![Violation {
        pointer: "/reason".into(),
        code: "length",
        vi: "Lý do có 1 đến 500 ký tự.".into(),
        en: "A reason has 1 to 500 characters.".into(),
    }]))
}

//! `POST /v1/admin/jobs/{id}/replay`: a job that was given up gets a new round of attempts.

use super::job_view::JobView;
use super::{must_run_jobs, too_late};
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::jobs::review::{replay, show};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Nothing has to be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Replaying {}

/// Try a job again
///
/// A job given up or cancelled gets a new round of attempts, from now on; one that waits is brought forward.
#[utoipa::path(tag = "admin",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = Replaying, example = json!({})),
    responses((status = 201, body = JobView, description = "The job as it stands now.",
        example = json!({"id": "019a0000-0000-7000-8000-000000000001", "kind": "track_post",
            "payload": {"kind": "track_post"}, "payload_version": 1, "queue": "party", "state": "ready",
            "words": {"vi": "Đến giờ, đang chờ lượt.", "en": "Due, and waiting for its turn and a free worker."},
            "attempts": 23, "max_attempts": 46, "next_run_at": "2026-03-10T02:00:00Z", "lease": null,
            "last_error": null, "ordering_key": "track_post", "dossier": null, "cause": null, "traceparent": null,
            "created_at": "2026-03-07T02:00:00Z", "finished_at": null})),
        (status = 409, body = crate::problems::ProblemDocument, content_type = "application/problem+json",
            description = "It is running or done.")))]
#[post("/v1/admin/jobs/{id}/replay")]
pub(crate) async fn replay_job(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<Replaying>,
) -> Result<HttpResponse, Problem> {
    must_run_jobs(&ask.facts.actor)?;
    office
        .once(&ask.facts, async |tx, at| {
            let replayed = replay(tx, *id, at).await?;
            let job = show(tx, *id).await?.ok_or(Code::NotFound)?;
            if !replayed {
                return Err(too_late(
                    "replay",
                    "Việc này đang làm hoặc đã xong, nên không làm lại được.",
                    "The job is being done or is done, so it cannot be tried again.",
                ));
            }
            Answer::created(format!("/v1/admin/jobs/{}", job.id), &JobView::of(job, at))
        })
        .await
}

//! `GET /v1/admin/jobs/counts`: how much waits, how much is given up, and since when.

use super::must_run_jobs;
use crate::catalogue::keys;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::jobs::State;
use entities::jobs::review::{counts, oldest_due};
use serde::Serialize;
use utoipa::ToSchema;

/// How the ledger stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobCounts {
    /// Jobs by queue and state; those done are not counted, and what is not named is zero.
    counts: Vec<JobCount>,
    /// The oldest due job of each queue that has one.
    oldest_due: Vec<OldestDueJob>,
}

/// How many jobs of a queue are in a state.
#[derive(Debug, Serialize, ToSchema)]
struct JobCount {
    /// The queue.
    #[schema(value_type = keys::JobQueue)]
    queue: String,
    /// Where they stand.
    #[schema(value_type = keys::JobState)]
    state: State,
    /// How many.
    number: i64,
}

/// Since when the oldest due job of a queue waits.
#[derive(Debug, Serialize, ToSchema)]
struct OldestDueJob {
    /// The queue.
    #[schema(value_type = keys::JobQueue)]
    queue: String,
    /// When it became due.
    since: DateTime<Utc>,
    /// Seconds it has waited.
    seconds: i64,
}

/// How many jobs wait, run or are given up
#[utoipa::path(tag = "admin", responses((status = 200, body = JobCounts,
    example = json!({"counts": [{"queue": "party", "state": "dead", "number": 2}],
        "oldest_due": [{"queue": "quick", "since": "2026-03-10T02:00:00Z", "seconds": 3}]}))))]
#[get("/v1/admin/jobs/counts")]
pub(crate) async fn count_jobs(asker: Asker, office: web::Data<Office>) -> Result<HttpResponse, Problem> {
    must_run_jobs(&asker)?;
    let now = office.clock.now();
    let numbers = counts(office.db.reader()).await?;
    let oldest = oldest_due(office.db.reader(), now).await?;
    let seconds = |since: DateTime<Utc>| (now - since).num_seconds();
    Ok(HttpResponse::Ok().json(JobCounts {
        counts: numbers
            .into_iter()
            .map(|c| JobCount { queue: c.queue, state: c.state, number: c.number })
            .collect(),
        oldest_due: oldest
            .into_iter()
            .map(|o| OldestDueJob { seconds: seconds(o.since), queue: o.queue, since: o.since })
            .collect(),
    }))
}

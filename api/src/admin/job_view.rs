//! The JSON form of a job: payloads hold keys only, never personal data.

use super::job_words::standing;
use crate::catalogue::{Words, keys};
use chrono::{DateTime, Utc};
use entities::jobs::row::{Model, State};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// A job of the ledger.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub(crate) struct JobView {
    /// Key; its order is the order of writing.
    id: Uuid,
    /// What is to be done.
    #[schema(example = "send_notice")]
    kind: String,
    /// Its particulars; text when they cannot be read.
    payload: Value,
    /// Version of the payload's form.
    payload_version: i32,
    /// Queue it waits in.
    #[schema(value_type = keys::JobQueue)]
    queue: String,
    /// Where it stands.
    #[schema(value_type = keys::JobState)]
    state: State,
    /// The same in words.
    words: Words,
    /// Attempts begun.
    attempts: i32,
    /// Attempts after which it is given up.
    max_attempts: i32,
    /// Not before this time.
    next_run_at: DateTime<Utc>,
    /// Who holds it; absent unless it is running.
    lease: Option<LeaseView>,
    /// Why the last attempt failed, in words.
    last_error: Option<String>,
    /// Connector or kind of party that it waits for without using up attempts; `/v1/admin/connectors` says why.
    #[schema(example = "dvcqg")]
    awaited_party: Option<String>,
    /// Jobs of one key are done one after the other.
    ordering_key: Option<String>,
    /// Earlier job of the same key that must end first; told for a single job only.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<Uuid>,
    /// Dossier it was written for.
    dossier: Option<Uuid>,
    /// What caused it.
    #[schema(example = "dossier:019a0000-0000-7000-8000-000000000001#3")]
    cause: Option<String>,
    /// W3C trace context of the request that caused it.
    traceparent: Option<String>,
    /// When it was written.
    created_at: DateTime<Utc>,
    /// When it was done, given up or cancelled.
    finished_at: Option<DateTime<Utc>>,
}

/// Who holds a running job.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Lease)]
struct LeaseView {
    /// The worker.
    owner: String,
    /// Until when, by the machine's clock; after that another worker may take the job.
    until: Option<DateTime<Utc>>,
}

impl JobView {
    /// The view of a row at `now`.
    pub(super) fn of(row: Model, now: DateTime<Utc>) -> Self {
        Self {
            words: standing(&row, now),
            id: row.id,
            kind: row.kind,
            payload: serde_json::from_str(&row.payload).unwrap_or(Value::String(row.payload)),
            payload_version: row.payload_version,
            queue: row.queue,
            state: row.state,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            next_run_at: row.next_run_at,
            lease: row.lease_owner.map(|owner| LeaseView { owner, until: row.lease_until }),
            last_error: row.last_error,
            awaited_party: row.awaited_party,
            ordering_key: row.ordering_key,
            waits_for: None,
            dossier: row.dossier_id,
            cause: row.cause,
            traceparent: row.traceparent,
            created_at: row.created_at,
            finished_at: row.finished_at,
        }
    }

    /// Names the job that must end first.
    pub(super) fn waiting_for(self, earlier: Option<Uuid>) -> Self {
        Self { waits_for: earlier, ..self }
    }
}

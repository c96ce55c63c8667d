//! A job about to be written, in the transaction of the change that causes it.

use super::row::{Column, Entity, State};
use super::{MAX_ATTEMPTS, PAYLOAD_VERSION};
use crate::error::Error;
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use sea_orm::sea_query::{Expr, InsertStatement, OnConflict, Query};
use uuid::Uuid;

/// A job and what is known about it before its first attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// What is to be done.
    pub job: Job,
    /// What caused it, such as `dossier:<id>#<entry>`; at most 128 characters.
    pub cause: Option<String>,
    /// Dossier it belongs to, for lists.
    pub dossier: Option<Uuid>,
    /// A second row of the same key is silently not written; at most 160 characters.
    pub unique_key: Option<String>,
    /// Not before this time.
    pub run_at: DateTime<Utc>,
    /// W3C trace context of the request.
    pub traceparent: Option<String>,
}

impl NewJob {
    /// A job that may run from `at` on.
    pub fn new(job: Job, at: DateTime<Utc>) -> Self {
        let dossier = job.dossier();
        Self { job, cause: None, dossier, unique_key: None, run_at: at, traceparent: None }
    }
}

/// One statement for all `rows`, in their order, to be added to a [`crate::writing::Batch`]; none for none.
///
/// Rows whose unique key is taken are left out by the database. Ring the wake-up after the commit.
pub fn insert(rows: Vec<NewJob>, at: DateTime<Utc>) -> Result<Option<InsertStatement>, Error> {
    if rows.is_empty() {
        return Ok(None);
    }
    let mut statement = Query::insert();
    statement.into_table(Entity).columns(COLUMNS).on_conflict(OnConflict::new().do_nothing().to_owned());
    for row in rows {
        statement.values(values(row, at)?).map_err(|e| Error::damaged("jobs", e))?;
    }
    Ok(Some(statement))
}

const COLUMNS: [Column; 16] = [
    Column::Id,
    Column::Kind,
    Column::Payload,
    Column::PayloadVersion,
    Column::Queue,
    Column::OrderingKey,
    Column::Place,
    Column::UniqueKey,
    Column::State,
    Column::Attempts,
    Column::MaxAttempts,
    Column::NextRunAt,
    Column::DossierId,
    Column::Cause,
    Column::Traceparent,
    Column::CreatedAt,
];

fn values(row: NewJob, at: DateTime<Utc>) -> Result<[Expr; 16], Error> {
    let payload = serde_json::to_string(&row.job).map_err(|e| Error::damaged("jobs.payload", e))?;
    Ok([
        Uuid::now_v7().into(),
        row.job.kind().into(),
        payload.into(),
        PAYLOAD_VERSION.into(),
        row.job.queue().key().into(),
        row.job.ordering_key().into(),
        row.job.place().into(),
        row.unique_key.into(),
        State::Ready.key().into(),
        0.into(),
        MAX_ATTEMPTS.into(),
        row.run_at.into(),
        row.dossier.into(),
        row.cause.into(),
        row.traceparent.into(),
        at.into(),
    ])
}

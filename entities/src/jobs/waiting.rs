//! Jobs that wait: whether one of a line is open, how many wait for a party, and brought forward when it is in use again.

use super::sql::{execute, statement};
use crate::error::Error;
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, FromQueryResult};

/// How many jobs wait for a party.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    /// Key of the connector, or of the kind of party where none is set up.
    pub party: String,
    /// How many.
    pub number: i64,
}

/// Counts of all parties that jobs wait for.
pub async fn counts(db: &impl ConnectionTrait) -> Result<Vec<Waiting>, Error> {
    let sql = "SELECT awaited_party AS party, count(*) AS number FROM jobs \
        WHERE awaited_party IS NOT NULL AND state = 'ready' GROUP BY awaited_party ORDER BY awaited_party";
    Ok(Waiting::find_by_statement(statement(db, sql, Vec::new())).all(db).await?)
}

/// A job of the same order waits or runs; never for one that has no order.
pub async fn is_open(db: &impl ConnectionTrait, job: &Job) -> Result<bool, Error> {
    let Some(key) = job.ordering_key() else { return Ok(false) };
    // The literal repeats the predicate of the partial index.
    let sql = "SELECT 1 AS one FROM jobs WHERE ordering_key = $1 AND state IN ('ready', 'running') LIMIT 1";
    Ok(db.query_one_raw(statement(db, sql, vec![key.into()])).await?.is_some())
}

/// Makes what waits for `party` due at `at`. Tells how many; ring after the commit.
pub async fn bring_forward(db: &impl ConnectionTrait, party: &str, at: DateTime<Utc>) -> Result<u64, Error> {
    let sql = "UPDATE jobs SET next_run_at = $2 \
        WHERE awaited_party = $1 AND awaited_party IS NOT NULL AND state = 'ready' AND next_run_at > $2";
    execute(db, sql, vec![party.into(), at.into()]).await
}

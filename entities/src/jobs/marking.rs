//! What a worker writes on a job it holds; refused when it no longer holds it.

use super::lease::Lease;
use super::queueing::{let_go, let_go_after, put_back};
use super::sql::{execute, statement};
use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

/// Holds the job until `until` (machine's time). False when the lease is lost: stop the deed.
pub async fn renew(db: &impl ConnectionTrait, lease: Lease<'_>, until: DateTime<Utc>) -> Result<bool, Error> {
    mark(db, "lease_until = $4", lease, vec![until.into()]).await
}

/// The effect is made. False when the lease is lost.
pub async fn done(db: &impl ConnectionTrait, lease: Lease<'_>, at: DateTime<Utc>) -> Result<bool, Error> {
    let job = Finished { id: lease.id, attempt: lease.attempt };
    Ok(!done_all(db, lease.owner, &[job], at).await?.is_empty())
}

/// A job whose effect is made, and in which attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// The job.
    pub id: Uuid,
    /// The attempt.
    pub attempt: i32,
}

/// The effects of `jobs`, at most a thousand, are made by `owner`: one statement. Returns those still held by it.
pub async fn done_all(
    db: &impl ConnectionTrait,
    owner: &str,
    jobs: &[Finished],
    at: DateTime<Utc>,
) -> Result<Vec<Uuid>, Error> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![owner.into(), at.into()];
    values.extend(jobs.iter().flat_map(|job| [job.id.into(), job.attempt.into()]));
    let places: Vec<String> = (1..=jobs.len()).map(|n| format!("(${}, ${})", 2 * n + 1, 2 * n + 2)).collect();
    let sql = DONE.replace("{places}", &places.join(", "));
    let rows = db.query_all_raw(statement(db, &sql, values)).await?;
    let keys: Vec<Option<String>> =
        rows.iter().map(|row| row.try_get("", "ordering_key")).collect::<Result<_, _>>()?;
    let_go(db, &keys.into_iter().flatten().collect::<Vec<_>>()).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

const DONE: &str = "WITH ended(id, attempt) AS (VALUES {places}) \
    UPDATE jobs SET state = 'done', finished_at = $2, last_error = NULL, lease_owner = NULL, lease_until = NULL \
    FROM ended WHERE jobs.id = ended.id AND attempts = ended.attempt AND lease_owner = $1 AND state = 'running' \
    RETURNING jobs.id AS id, jobs.ordering_key AS ordering_key";

/// The attempt failed and the next comes at `next`, with it what stands behind the job. False when the lease is lost.
pub async fn retry(
    db: &impl ConnectionTrait,
    lease: Lease<'_>,
    next: DateTime<Utc>,
    reason: &str,
) -> Result<bool, Error> {
    put_back(db, lease, next).await?;
    let set = "state = 'ready', next_run_at = $4, last_error = $5, lease_owner = NULL, lease_until = NULL";
    mark(db, set, lease, vec![next.into(), words(reason)]).await
}

/// Nothing was tried: the job waits for a party until `next` at the latest, and what stands behind it with it. False when the lease is lost.
///
/// The attempt is given back by allowing one more: its number stays the fence of this lease.
pub async fn wait(
    db: &impl ConnectionTrait,
    lease: Lease<'_>,
    next: DateTime<Utc>,
    (party, reason): (&str, &str),
) -> Result<bool, Error> {
    put_back(db, lease, next).await?;
    let set = "state = 'ready', next_run_at = $4, last_error = $5, awaited_party = $6, \
        max_attempts = max_attempts + 1, lease_owner = NULL, lease_until = NULL";
    mark(db, set, lease, vec![next.into(), words(reason), party.into()]).await
}

/// The job is given up; those behind it on its ordering key go on. False when the lease is lost.
pub async fn bury(
    db: &impl ConnectionTrait,
    lease: Lease<'_>,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, Error> {
    let set = "state = 'dead', finished_at = $4, last_error = $5, lease_owner = NULL, lease_until = NULL";
    let buried = mark(db, set, lease, vec![at.into(), words(reason)]).await?;
    if buried {
        let_go_after(db, lease.id).await?;
    }
    Ok(buried)
}

async fn mark(
    db: &impl ConnectionTrait,
    set: &str,
    lease: Lease<'_>,
    more: Vec<Value>,
) -> Result<bool, Error> {
    let sql = format!(
        "UPDATE jobs SET {set} WHERE id = $1 AND lease_owner = $2 AND attempts = $3 AND state = 'running'"
    );
    let mut values = vec![lease.id.into(), lease.owner.into(), lease.attempt.into()];
    values.extend(more);
    Ok(execute(db, &sql, values).await? == 1)
}

/// Gives back everything `owner` holds, at once and without counting the attempt: the worker is closing.
pub async fn release(db: &impl ConnectionTrait, owner: &str) -> Result<u64, Error> {
    let sql = "UPDATE jobs SET state = 'ready', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL \
        WHERE state = 'running' AND lease_owner = $1";
    execute(db, sql, vec![owner.into()]).await
}

/// A party may answer a failure with a whole page.
fn words(reason: &str) -> Value {
    reason.chars().filter(|c| *c != '\0').take(WORDS).collect::<String>().into()
}

const WORDS: usize = 2_000;

//! Rows that stand behind an unfinished one of their ordering key: put back with it, let go one after the other.
//!
//! A row that cannot run yet would be looked at by every claim; a party that is off for a day has thousands of them.
//! So they are due when the one before them is, and the next gets its own time back when the one before it ends.
//! What is lost by a crash in between comes back by itself: the time to which a row was put back always comes.

use super::lease::Lease;
use super::sql::{execute, statement};
use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

/// Puts what stands behind the job of `lease` back until `next`, as long as it still holds it.
pub(super) async fn put_back(
    db: &impl ConnectionTrait,
    lease: Lease<'_>,
    next: DateTime<Utc>,
) -> Result<(), Error> {
    let values = vec![lease.id.into(), lease.owner.into(), lease.attempt.into(), next.into()];
    execute(db, PUT_BACK, values).await?;
    Ok(())
}

const PUT_BACK: &str = "UPDATE jobs SET own_run_at = COALESCE(jobs.own_run_at, jobs.next_run_at), next_run_at = $4 \
    FROM jobs AS head WHERE head.id = $1 AND head.lease_owner = $2 AND head.attempts = $3 \
    AND head.state = 'running' AND jobs.ordering_key = head.ordering_key AND jobs.state = 'ready' \
    AND (jobs.place, jobs.id) > (head.place, head.id) AND jobs.next_run_at < $4";

/// Gives the first row of each of these ordering keys its own time back.
pub(super) async fn let_go(db: &impl ConnectionTrait, keys: &[String]) -> Result<(), Error> {
    if keys.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (1..=keys.len()).map(|n| format!("(${n})")).collect();
    let sql = LET_GO.replace("{places}", &places.join(", "));
    execute(db, &sql, keys.iter().map(|key| Value::from(key.as_str())).collect()).await?;
    Ok(())
}

const LET_GO: &str = "WITH ended(ordering_key) AS (VALUES {places}) \
    UPDATE jobs SET next_run_at = own_run_at, own_run_at = NULL \
    WHERE own_run_at IS NOT NULL AND state = 'ready' AND id IN (SELECT (\
        SELECT first.id FROM jobs AS first WHERE first.ordering_key = ended.ordering_key \
        AND first.state IN ('ready', 'running') ORDER BY first.place, first.id LIMIT 1) FROM ended)";

/// The same for whatever stands behind one row.
pub(super) async fn let_go_after(db: &impl ConnectionTrait, id: Uuid) -> Result<(), Error> {
    let sql = "SELECT ordering_key FROM jobs WHERE id = $1 AND ordering_key IS NOT NULL";
    let row = db.query_one_raw(statement(db, sql, vec![id.into()])).await?;
    let key: Option<String> = row.map(|row| row.try_get("", "ordering_key")).transpose()?;
    let_go(db, key.as_slice()).await
}

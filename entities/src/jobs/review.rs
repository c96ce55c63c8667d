//! The ledger as a person looks at it: lists, one row, counts; cancel and replay.

use super::queueing::let_go_after;
use super::row::{Column, Entity, Model, State};
use super::sql::{execute, statement};
use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Which jobs to list; newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Only of this dossier.
    pub dossier: Option<Uuid>,
    /// Only written before this job: the last of the page before.
    pub before: Option<Uuid>,
}

/// At most `limit` jobs, newest first.
pub async fn list(db: &impl ConnectionTrait, filter: &Filter, limit: u64) -> Result<Vec<Model>, Error> {
    let mut query = Entity::find().order_by_desc(Column::Id).limit(limit);
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
        if state != State::Done {
            query = query.filter(Expr::cust("state <> 'done'"));
        }
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(dossier) = filter.dossier {
        query = query.filter(Column::DossierId.eq(dossier));
    }
    if let Some(before) = filter.before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.all(db).await?)
}

/// One job, none when there is no such row.
pub async fn show(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The jobs of a dossier that one history entry caused, oldest first.
pub async fn caused_by(db: &impl ConnectionTrait, dossier: Uuid, entry: i32) -> Result<Vec<Model>, Error> {
    let jobs = Entity::find().filter(Column::DossierId.eq(dossier));
    let caused = jobs.filter(Column::Cause.eq(format!("dossier:{dossier}#{entry}")));
    Ok(caused.order_by_asc(Column::Id).all(db).await?)
}

/// Takes back a job that waits or is dead. False when it runs or is finished: then it is too late.
pub async fn cancel(
    db: &impl ConnectionTrait,
    id: Uuid,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let sql = "UPDATE jobs SET state = 'cancelled', finished_at = $2, last_error = $3 \
        WHERE id = $1 AND state IN ('ready', 'dead')";
    let cancelled = execute(db, sql, vec![id.into(), at.into(), reason.into()]).await? == 1;
    if cancelled {
        let_go_after(db, id).await?;
    }
    Ok(cancelled)
}

/// Makes a dead or cancelled job ready at `at` with a new round of attempts; one that waits is only brought forward.
/// False when it runs or is done. Ring the queue after the commit.
pub async fn replay(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<bool, Error> {
    let sql = "UPDATE jobs SET next_run_at = $2, own_run_at = NULL, finished_at = NULL, \
        max_attempts = CASE WHEN state = 'ready' THEN max_attempts ELSE attempts + $3 END, state = 'ready' \
        WHERE id = $1 AND state IN ('ready', 'dead', 'cancelled')";
    Ok(execute(db, sql, vec![id.into(), at.into(), super::MAX_ATTEMPTS.into()]).await? == 1)
}

/// How many jobs of a queue are in a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Count {
    /// Key of the queue.
    pub queue: String,
    /// Where they stand.
    pub state: State,
    /// How many.
    pub number: i64,
}

/// Counts of all states but done, which is never counted: it only grows until it is purged.
pub async fn counts(db: &impl ConnectionTrait) -> Result<Vec<Count>, Error> {
    let sql = "SELECT queue, state, count(*) AS number FROM jobs WHERE state <> 'done' \
        GROUP BY queue, state ORDER BY queue, state";
    Ok(Count::find_by_statement(statement(db, sql, Vec::new())).all(db).await?)
}

/// Since when the oldest due job of a queue waits.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OldestDue {
    /// Key of the queue.
    pub queue: String,
    /// When it became due.
    pub since: DateTime<Utc>,
}

/// The oldest due job of each queue that has one.
pub async fn oldest_due(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<Vec<OldestDue>, Error> {
    let sql = "SELECT queue, min(next_run_at) AS since FROM jobs WHERE state = 'ready' AND next_run_at <= $1 \
        GROUP BY queue ORDER BY queue";
    Ok(OldestDue::find_by_statement(statement(db, sql, vec![at.into()])).all(db).await?)
}

/// Removes at most `limit` jobs that were done or cancelled before `before`; dead ones stay. Tells how many.
pub async fn purge(db: &impl ConnectionTrait, before: DateTime<Utc>, limit: u32) -> Result<u64, Error> {
    let sql = "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE id < $1 \
        AND state IN ('done', 'cancelled') AND finished_at < $2 ORDER BY id LIMIT $3)";
    execute(db, sql, vec![first_id_at(before).into(), before.into(), i64::from(limit).into()]).await
}

/// The smallest UUID v7 of a millisecond: what was written earlier has a smaller one.
fn first_id_at(at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

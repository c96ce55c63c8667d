//! Comparing our dossiers with what the national portal holds: begun at night or by hand, walked in parts, ended once.

pub mod comparing;
pub mod findings;
pub mod sent;
pub mod walked;
pub mod walking;

use crate::columns::{from_key, key_of};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::portal_reconciliations::{Column, Entity, Model};
use chrono::{DateTime, TimeDelta, Utc};
use rules::actor::Actor;
use rules::jobs::Job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a comparison stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its walk goes on, or waits for the portal.
    Running,
    /// Every dossier was compared.
    Done,
    /// A later one was begun before it came to its end.
    Overtaken,
}

/// What a comparison is begun with.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Key of the comparison; the same in every attempt to begin it.
    pub id: Uuid,
    /// Who asked for it; none at night.
    pub by: Option<&'a Actor>,
    /// Ended dossiers are looked at when something happened to them from here on; four days before the last good night
    /// when absent.
    pub since: Option<DateTime<Utc>>,
}

/// Begins a comparison, or gives the one that was begun under this key; one that still runs is overtaken.
pub async fn begin(
    tx: &DatabaseTransaction,
    wanted: Wanted<'_>,
    at: DateTime<Utc>,
    trace: Option<&str>,
) -> Result<Model, Error> {
    if let Some(begun) = Entity::find_by_id(wanted.id).one(tx).await? {
        return Ok(begun);
    }
    overtake(tx, at).await?;
    let row = Model {
        id: wanted.id,
        state: key_of(&State::Running)?,
        since: match wanted.since {
            None => last_good(tx).await?.map(|night| night - AGAIN),
            asked => asked,
        },
        asked_by: wanted.by.map(|by| by.subject.clone()),
        asked_name: wanted.by.map(|by| by.name.clone()),
        started_at: at,
        ended_at: None,
        parts: 0,
        looked_at: 0,
        passed_over: 0,
        phase: key_of(&walking::Phase::Live)?,
        reached: None,
        reached_at: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    if let Some(part) = jobs::insert(vec![part(&row, at, trace)], at)? {
        tx.execute(&part).await?;
    }
    Ok(row)
}

/// The job of the next part of a walk; a second row of it is not written.
fn part(run: &Model, at: DateTime<Utc>, trace: Option<&str>) -> NewJob {
    let job = Job::ReconcilePortal { reconciliation: Some(run.id), part: run.parts };
    NewJob {
        cause: Some(cause(run.id)),
        unique_key: Some(format!("reconcile:{}:{}", run.id, run.parts)),
        traceparent: trace.map(Into::into),
        ..NewJob::new(job, at)
    }
}

fn cause(run: Uuid) -> String {
    format!("reconciliation:{run}")
}

async fn overtake(tx: &DatabaseTransaction, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(key_of(&State::Overtaken)?))
        .col_expr(Column::EndedAt, Expr::value(at))
        .filter(Column::State.eq(key_of(&State::Running)?))
        .exec(tx)
        .await?;
    Ok(())
}

/// Longer than the news of a dossier can be under way, so that one that was passed over is looked at after all.
const AGAIN: TimeDelta = TimeDelta::days(4);

/// When the last night's comparison began that came to its end; one by hand may have left dossiers out.
async fn last_good<C: ConnectionTrait>(db: &C) -> Result<Option<DateTime<Utc>>, Error> {
    let done =
        Entity::find().filter(Column::State.eq(key_of(&State::Done)?)).filter(Column::AskedBy.is_null());
    Ok(done.order_by_desc(Column::Id).limit(1).one(db).await?.map(|run| run.started_at))
}

/// A comparison by key.
pub async fn find<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("reconciliation"))
}

/// Comparisons before `after`, newest first.
pub async fn list<C: ConnectionTrait>(db: &C, after: Option<Uuid>, limit: u64) -> Result<Vec<Model>, Error> {
    Ok(query(after, limit).all(db).await?)
}

/// The same as a query; public so that the planner can be asked about it.
pub fn query(after: Option<Uuid>, limit: u64) -> Select<Entity> {
    let mut rows = Entity::find();
    if let Some(after) = after {
        rows = rows.filter(Column::Id.lt(after));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}

impl Model {
    /// Where it stands.
    pub fn standing(&self) -> Result<State, Error> {
        from_key("portal_reconciliations.state", &self.state)
    }

    /// Which stretch of its walk it is in.
    pub fn stretch(&self) -> Result<walking::Phase, Error> {
        from_key("portal_reconciliations.phase", &self.phase)
    }
}

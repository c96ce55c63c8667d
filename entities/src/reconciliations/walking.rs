//! The walk of a comparison, part by part: what is not over, what ended of late, what ended before with a finding that is
//! still open, and at last what the portal sent and nobody took in.

use super::comparing::Kind;
use super::walked::{Side, TOGETHER, Walked};
use super::{State, cause, findings, part, sent};
use crate::columns::{json_of, key_of};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::pushes::ledger;
use crate::tables::dossiers::{Column, Entity};
use crate::tables::portal_findings as rows;
use crate::tables::portal_reconciliations::{Column as Run, Entity as Runs, Model};
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Stretch of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Dossiers that are not over.
    Live,
    /// Dossiers that are over and to which something happened since.
    Ended,
    /// Dossiers that were over before and of which something found is not put right.
    Open,
    /// Messages of the portal that made no dossier.
    Sent,
}

/// The dossiers of the next part of a walk; none when its stretch is over.
pub async fn next<C: ConnectionTrait>(db: &C, run: &Model) -> Result<Vec<Walked>, Error> {
    Ok(query(run)?.into_model::<Walked>().all(db).await?)
}

/// The same as a query; public so that the planner can be asked about it.
///
/// The literals repeat the predicates of the partial indices; bound values would hide them from the planner. A child is
/// the offices' own matter unless the portal was told of it (L-31).
pub fn query(run: &Model) -> Result<Select<Entity>, Error> {
    let mut rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Code, Column::Status, Column::ReceivedAt, Column::DueAt])
        .columns([Column::SystemOfRecord, Column::NationalId, Column::Version, Column::UpdatedAt])
        .filter(Expr::cust(TOLD))
        .limit(TOGETHER);
    rows = match run.stretch()? {
        Phase::Live => {
            let rows = rows.filter(Expr::cust(format!("status NOT IN {OVER}")));
            rows.filter(later(run)).order_by_asc(Column::Id)
        }
        Phase::Open => {
            let rows = rows.filter(Expr::cust(format!("status IN {OVER}"))).filter(Expr::cust(FOUND));
            rows.filter(before(run)).filter(later(run)).order_by_asc(Column::Id)
        }
        Phase::Ended | Phase::Sent => {
            let rows = rows.filter(Expr::cust(format!("status IN {OVER}"))).filter(since(run));
            rows.order_by_asc(Column::UpdatedAt).order_by_asc(Column::Id)
        }
    };
    Ok(rows)
}

const OVER: &str = "('refused', 'withdrawn', 'stopped', 'returned')";

const TOLD: &str =
    "(parent_id IS NULL OR EXISTS (SELECT 1 FROM portal_pushes p WHERE p.dossier_id = dossiers.id))";

const FOUND: &str = "dossiers.id IN (SELECT f.dossier_id FROM portal_findings f WHERE f.repaired_at IS NULL)";

fn later(run: &Model) -> Condition {
    run.reached.map_or_else(Condition::all, |id| Condition::all().add(Column::Id.gt(id)))
}

/// Those that the stretch before did not come by.
fn before(run: &Model) -> Condition {
    let none = || Condition::all().add(Expr::cust("1 = 0"));
    run.since.map_or_else(none, |since| Condition::all().add(Column::UpdatedAt.lt(since)))
}

fn since(run: &Model) -> Condition {
    match (run.reached_at.zip(run.reached), run.since) {
        (Some((at, id)), _) => Condition::all().add(Column::UpdatedAt.gte(at)).add(
            Condition::any()
                .add(Column::UpdatedAt.gt(at))
                .add(Condition::all().add(Column::UpdatedAt.eq(at)).add(Column::Id.gt(id))),
        ),
        (None, Some(since)) => Condition::all().add(Column::UpdatedAt.gte(since)),
        (None, None) => Condition::all(),
    }
}

/// A difference that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The dossier with the version it was read at; none when it is missing here.
    pub dossier: Option<(Uuid, i32)>,
    /// Its code; the portal's own key for one that is missing here.
    pub code: String,
    /// What differs.
    pub kind: Kind,
    /// How it stands here; none when it is missing here.
    pub here: Option<Side>,
    /// As the portal tells it; none when it holds nothing.
    pub there: Option<Side>,
    /// Why there is something for a person to do, when that is known.
    pub trouble: Option<String>,
}

/// What a part came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Dossiers that were compared.
    pub looked_at: usize,
    /// Dossiers that were passed over because news of them was on its way.
    pub passed_over: usize,
    /// Dossiers of which both sides tell the same.
    pub agreed: Vec<Uuid>,
    /// What was found.
    pub found: Vec<Found>,
    /// The last dossier or message of the part and when something last happened to it; none when its stretch of the
    /// walk is over.
    pub last: Option<(Uuid, DateTime<Utc>)>,
}

/// Those of the dossiers that are still as they were read: what changed meanwhile is no difference.
pub async fn unchanged<C: ConnectionTrait>(db: &C, found: Vec<Found>) -> Result<Vec<Found>, Error> {
    if found.is_empty() {
        return Ok(found);
    }
    let ids: Vec<Uuid> = found.iter().filter_map(|found| found.dossier).map(|(id, _)| id).collect();
    let rows = Entity::find().select_only().columns([Column::Id, Column::Version]);
    let now: Vec<(Uuid, i32)> = rows.filter(Column::Id.is_in(ids)).into_tuple().all(db).await?;
    let same = |found: &Found| found.dossier.is_none_or(|read| now.contains(&read));
    Ok(found.into_iter().filter(same).collect())
}

/// Keeps what a part came to, with a job for each dossier that is to be put right and one for the next part.
///
/// False when this part was kept before, or the comparison was overtaken: nothing is written then.
pub async fn keep(
    tx: &DatabaseTransaction,
    run: &Model,
    seen: &Seen,
    at: DateTime<Utc>,
    trace: Option<&str>,
) -> Result<bool, Error> {
    let after = advanced(run, seen, at)?;
    if !advance(tx, run, &after).await? {
        return Ok(false);
    }
    if !seen.agreed.is_empty() {
        findings::repaired(tx, &seen.agreed, at).await?;
        ledger::keep_last_look_ups(tx, &seen.agreed).await?;
    }
    let found = seen.found.iter().map(|found| row(run, found, at)).collect::<Result<Vec<_>, _>>()?;
    if !found.is_empty() {
        let kept = found.into_iter().map(IntoActiveModel::into_active_model);
        let once = OnConflict::new().do_nothing().to_owned();
        rows::Entity::insert_many(kept).on_conflict(once).exec_without_returning(tx).await?;
    }
    let repairs = seen.found.iter().filter_map(|found| repair(run, found, at, trace));
    let on = (after.standing()? == State::Running).then(|| part(&after, at, trace));
    if on.is_none() {
        sent::settle(tx, at).await?;
    }
    if let Some(rows) = jobs::insert(repairs.chain(on).collect(), at)? {
        tx.execute(&rows).await?;
    }
    Ok(true)
}

/// The run after this part: further on, in its next stretch, or done.
fn advanced(run: &Model, seen: &Seen, at: DateTime<Utc>) -> Result<Model, Error> {
    let add = |sum: i32, more: usize| sum.saturating_add(i32::try_from(more).unwrap_or(i32::MAX));
    let mut after = Model {
        parts: add(run.parts, 1),
        looked_at: add(run.looked_at, seen.looked_at),
        passed_over: add(run.passed_over, seen.passed_over),
        ..run.clone()
    };
    match (&seen.last, run.stretch()?) {
        (Some(last), phase) => {
            after.reached = Some(last.0);
            after.reached_at = (phase == Phase::Ended).then_some(last.1);
        }
        (None, Phase::Live) => after = turned(after, Phase::Ended)?,
        (None, Phase::Ended) => after = turned(after, Phase::Open)?,
        (None, Phase::Open) => after = turned(after, Phase::Sent)?,
        (None, Phase::Sent) => {
            after.state = key_of(&State::Done)?;
            after.ended_at = Some(at);
        }
    }
    Ok(after)
}

fn turned(run: Model, phase: Phase) -> Result<Model, Error> {
    Ok(Model { phase: key_of(&phase)?, reached: None, reached_at: None, ..run })
}

async fn advance(tx: &DatabaseTransaction, run: &Model, after: &Model) -> Result<bool, Error> {
    let moved = Runs::update_many()
        .col_expr(Run::State, Expr::value(after.state.clone()))
        .col_expr(Run::EndedAt, Expr::value(after.ended_at))
        .col_expr(Run::Parts, Expr::value(after.parts))
        .col_expr(Run::LookedAt, Expr::value(after.looked_at))
        .col_expr(Run::PassedOver, Expr::value(after.passed_over))
        .col_expr(Run::Phase, Expr::value(after.phase.clone()))
        .col_expr(Run::Reached, Expr::value(after.reached))
        .col_expr(Run::ReachedAt, Expr::value(after.reached_at))
        .filter(Run::Id.eq(run.id))
        .filter(Run::Parts.eq(run.parts))
        .filter(Run::State.eq(key_of(&State::Running)?));
    Ok(moved.exec(tx).await?.rows_affected == 1)
}

fn row(run: &Model, found: &Found, at: DateTime<Utc>) -> Result<rows::Model, Error> {
    Ok(rows::Model {
        id: Uuid::now_v7(),
        reconciliation_id: run.id,
        dossier_id: found.dossier.map(|(id, _)| id),
        code: found.code.clone(),
        kind: key_of(&found.kind)?,
        here: json_of(&found.here)?,
        there: json_of(&found.there)?,
        found_at: at,
        repaired_at: None,
        trouble: found.trouble.clone(),
    })
}

/// One job puts right all that was found of a dossier; what is missing here, or was not compared, is for a person.
fn repair(run: &Model, found: &Found, at: DateTime<Utc>, trace: Option<&str>) -> Option<NewJob> {
    let (dossier, _) = found.dossier.filter(|_| found.kind != Kind::NotCompared)?;
    Some(NewJob {
        cause: Some(cause(run.id)),
        unique_key: Some(format!("repair:{}:{dossier}", run.id)),
        traceparent: trace.map(Into::into),
        ..NewJob::new(Job::RepairAtPortal { dossier, reconciliation: run.id }, at)
    })
}

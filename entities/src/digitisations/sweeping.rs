//! The sweep: an item at which the machine should be at work and no job is, goes on or is left to an operator in words.

use super::Item;
use super::moving::{advance, stuck};
use super::next_job::resume;
use crate::error::Error;
use crate::jobs::{State, row};
use crate::tables::digitisations::{Column, Entity};
use chrono::{DateTime, TimeDelta, Utc};
use rules::papers::{ItemState, Stage, WaitsFor};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

/// How long nothing may have happened to an item before it is looked at.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);

/// Items looked at in one transaction.
pub const SOME: u64 = 100;

/// What a part of a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Items put back to work.
    pub resumed: u32,
    /// Items left to an operator.
    pub stuck: u32,
    /// More may be left.
    pub more: bool,
}

/// Looks at some idle items; each is touched, so that the next part finds others.
pub async fn sweep(tx: &DatabaseTransaction, at: DateTime<Utc>) -> Result<Swept, Error> {
    let idle = query(at).all(tx).await?;
    let mut swept = Swept { more: u64::try_from(idle.len()).is_ok_and(|n| n == SOME), ..Swept::default() };
    for item in &idle {
        match last_job(tx, item).await? {
            Some(State::Ready | State::Running) => touch(tx, item, at).await?,
            Some(State::Dead) => {
                stuck(tx, item.id, DIED, at).await?;
                swept.stuck += 1;
            }
            _ => {
                put_back(tx, item, at).await?;
                swept.resumed += 1;
            }
        }
    }
    Ok(swept)
}

/// What an officer reads of an item whose job gave up.
const DIED: &str = "Công việc của máy đã thử nhiều lần không được; hãy thử lại, quét lại hoặc bỏ số hóa. / The machine \
    gave up after many attempts: try again, scan it again or drop it.";

/// The query of idle items; public so that the planner can be asked about it.
pub fn query(at: DateTime<Utc>) -> Select<Entity> {
    let looked_at = Condition::all()
        .add(Column::State.eq(ItemState::Waiting.key()))
        .add(Column::WaitsFor.is_in([WaitsFor::Inspection.key(), WaitsFor::Tools.key()]));
    let worked_on = Column::State.eq(ItemState::Working.key());
    let rows = Entity::find().filter(Condition::any().add(worked_on).add(looked_at));
    let looked_after = Condition::any().add(Column::SweptAt.is_null()).add(Column::SweptAt.lt(at - IDLE));
    rows.filter(Column::UpdatedAt.lt(at - IDLE))
        .filter(looked_after)
        .order_by_asc(Column::UpdatedAt)
        .limit(SOME)
}

/// How the jobs of an item stand: one under way, or else the newest; none where there is none any more.
async fn last_job<C: ConnectionTrait>(db: &C, item: &Item) -> Result<Option<State>, Error> {
    let line = match (Stage::from_key(&item.stage), item.file_id) {
        (Some(Stage::Inspect), Some(file)) => format!("file:{file}"),
        _ => format!("paper:{}", item.id),
    };
    let rows = row::Entity::find().filter(row::Column::OrderingKey.eq(line)).order_by_desc(row::Column::Id);
    let under_way = rows.clone().filter(row::Column::State.is_in([State::Ready, State::Running]));
    if under_way.one(db).await?.is_some() {
        return Ok(Some(State::Ready));
    }
    let newest = rows.one(db).await?.map(|job| job.state);
    Ok(newest.filter(|state| matches!(state, State::Dead | State::Cancelled)).map(|_| State::Dead))
}

/// Its job is written anew; where a person has the turn, the machine was never to be at work.
async fn put_back(tx: &DatabaseTransaction, item: &Item, at: DateTime<Utc>) -> Result<(), Error> {
    if !resume(tx, item, at).await? {
        return stuck(tx, item.id, DIED, at).await;
    }
    match Stage::from_key(&item.stage) {
        Some(Stage::Inspect) | None => touch(tx, item, at).await,
        Some(stage) => advance(tx, item.id, stage, at).await,
    }
}

/// The item itself has not changed: its version stays, and so does the time since which nothing has happened to it.
async fn touch(tx: &DatabaseTransaction, item: &Item, at: DateTime<Utc>) -> Result<(), Error> {
    let row = Entity::update_many().filter(Column::Id.eq(item.id));
    row.col_expr(Column::SweptAt, Expr::value(at)).exec(tx).await?;
    Ok(())
}

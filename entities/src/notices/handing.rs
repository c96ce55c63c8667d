//! Handing a notice over: noted before, and noted after.

use super::state::NoticeState;
use crate::error::Error;
use crate::tables::notices::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// One notice.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("notice"))
}

/// It is about to be handed over; who finds it so later knows that it was cut off.
pub async fn begin<C: ConnectionTrait>(db: &C, row: &Model) -> Result<(), Error> {
    let again = i32::from(row.state == NoticeState::Handing.key());
    Entity::update_many()
        .col_expr(Column::State, Expr::value(NoticeState::Handing.key()))
        .col_expr(Column::Repeats, Expr::col(Column::Repeats).add(again))
        .filter(Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(())
}

/// The provider has it, under its own number where it gave one.
pub async fn handed<C: ConnectionTrait>(
    db: &C,
    id: Uuid,
    (party, party_ref): (&str, Option<&str>),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(NoticeState::Handed.key()))
        .col_expr(Column::Party, Expr::value(party))
        .col_expr(Column::PartyRef, Expr::value(party_ref))
        .col_expr(Column::HandedOverAt, Expr::value(at))
        .col_expr(Column::Reason, Expr::value(Option::<String>::None))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// It waits, and why.
pub async fn waits<C: ConnectionTrait>(db: &C, id: Uuid, reason: &str) -> Result<(), Error> {
    mark(db, id, NoticeState::Waiting, reason).await
}

/// Nobody knows whether it was said, and why: as one that was cut off.
pub async fn unsure<C: ConnectionTrait>(db: &C, id: Uuid, reason: &str) -> Result<(), Error> {
    mark(db, id, NoticeState::Handing, reason).await
}

/// It cannot go this way, and why.
pub async fn failed<C: ConnectionTrait>(db: &C, id: Uuid, reason: &str) -> Result<(), Error> {
    mark(db, id, NoticeState::Failed, reason).await
}

async fn mark<C: ConnectionTrait>(db: &C, id: Uuid, state: NoticeState, reason: &str) -> Result<(), Error> {
    let reason: String = reason.chars().take(2_000).collect();
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.key()))
        .col_expr(Column::Reason, Expr::value(reason))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

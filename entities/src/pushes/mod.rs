//! How far each history entry has been told to the national portal, and which ones still wait.
//!
//! A row is begun when the portal holds a record at least as new as the entry, and whole when the progress line of the
//! entry was taken; so what broke off between the two goes on there.

pub mod accounts;
pub mod ledger;

use crate::error::Error;
use crate::jobs::row as jobs;
use crate::tables::portal_pushes::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// What was told of a dossier, by entry.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Entry).all(db).await?)
}

/// Entries of a dossier whose telling waits or is under way, from `entry` on, in their order.
///
/// The literal repeats the predicate of the partial index; a bound value would hide it from the planner.
pub async fn waiting<C: ConnectionTrait>(db: &C, dossier: Uuid, entry: i32) -> Result<Vec<i32>, Error> {
    let job = Job::PushToPortal { dossier, entry };
    let rows = jobs::Entity::find()
        .select_only()
        .column(jobs::Column::Place)
        .filter(jobs::Column::OrderingKey.eq(job.ordering_key()))
        .filter(jobs::Column::Kind.eq(job.kind()))
        .filter(jobs::Column::Place.gte(entry))
        .filter(Expr::cust("state IN ('ready', 'running')"));
    Ok(rows.order_by_asc(jobs::Column::Place).into_tuple().all(db).await?)
}

/// Keeps that the portal holds a record as new as the last of `entries`, which went in `exchange` when there is one.
pub async fn begin<C: ConnectionTrait>(
    tx: &C,
    (dossier, entries): (Uuid, &[i32]),
    exchange: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let newest = entries.last().copied();
    let row = |entry: &i32| Model {
        dossier_id: dossier,
        entry: *entry,
        record_exchange: exchange.filter(|_| Some(*entry) == newest),
        line_exchange: None,
        begun_at: at,
        told_at: None,
    };
    let rows: Vec<_> = entries.iter().map(|entry| row(entry).into_active_model()).collect();
    if !rows.is_empty() {
        let known = OnConflict::columns([Column::DossierId, Column::Entry]).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Keeps that the lines of these entries were taken in `exchange`; an entry that was told before stays as it is.
pub async fn told<C: ConnectionTrait>(
    tx: &C,
    (dossier, entries): (Uuid, &[i32]),
    exchange: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::LineExchange, Expr::value(exchange))
        .col_expr(Column::ToldAt, Expr::value(at))
        .filter(Column::DossierId.eq(dossier))
        .filter(Column::Entry.is_in(entries.iter().copied()))
        .filter(Column::ToldAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Which of these dossiers have news on its way to the portal.
pub async fn under_way<C: ConnectionTrait>(db: &C, dossiers: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let key = |dossier: &Uuid| Job::PushToPortal { dossier: *dossier, entry: 0 }.ordering_key();
    let rows = jobs::Entity::find()
        .select_only()
        .column(jobs::Column::DossierId)
        .filter(jobs::Column::OrderingKey.is_in(dossiers.iter().filter_map(key)))
        .filter(Expr::cust("state IN ('ready', 'running')"));
    let found: Vec<Option<Uuid>> = rows.distinct().into_tuple().all(db).await?;
    Ok(found.into_iter().flatten().collect())
}

//! Reading receipts: the payer's side sees those of their dossier, the money side those of the unit, cancelled ones too.

use crate::dossiers;
use crate::error::Error;
use crate::payments::payer::{Payer, opened};
use crate::sealing::Sealer;
use crate::tables::receipts::{Column, Entity, Model};
use chrono::NaiveDate;
use rules::access::{Scope, Sight, Thing, money_sight, scope};
use rules::actor::Actor;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// What a list of receipts is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only of this unit.
    pub unit: Option<Uuid>,
    /// Only of this local day.
    pub day: Option<NaiveDate>,
    /// Only of this series.
    pub series: Option<Uuid>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// A receipt this person may see, with how much of it. Others do not exist for them.
pub async fn find<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    id: Uuid,
) -> Result<(Model, Sight), Error> {
    let found = Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("receipt"))?;
    let sight = match dossiers::reading::find(db, sealer, by, found.dossier_id).await {
        Ok((_, sight)) => sight,
        Err(Error::NotFound(_)) => Sight::None,
        Err(error) => return Err(error),
    };
    match sight.max(money_sight(by, found.unit_id)) {
        Sight::None => Err(Error::NotFound("receipt")),
        seen => Ok((found, seen)),
    }
}

/// Receipts of the person's units, or of the province for who oversees it; newest first.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(by, search).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(by: &Actor, search: &Search) -> Select<Entity> {
    let mut query = Entity::find();
    if let Scope::Units(units) = scope(by, Thing::Money) {
        query = match units.as_slice() {
            [one] => query.filter(Column::UnitId.eq(*one)),
            many => query.filter(Column::UnitId.is_in(many.iter().copied())),
        };
    }
    if let Some(unit) = search.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(day) = search.day {
        query = query.filter(Column::Day.eq(day));
    }
    if let Some(series) = search.series {
        query = query.filter(Column::SeriesId.eq(series));
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(search.limit)
}

/// The receipts of a payment, oldest first.
pub async fn of_payment<C: ConnectionTrait>(db: &C, payment: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::PaymentId.eq(payment));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// The receipts of a dossier, oldest first.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// The receipt that stands for a cancelled one.
pub async fn replacement_of<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Option<Uuid>, Error> {
    Ok(Entity::find().filter(Column::Replaces.eq(id)).one(db).await?.map(|row| row.id))
}

/// Who paid, and why it was cancelled.
pub fn words(sealer: &Sealer, row: &Model) -> Result<(Payer, Option<String>), Error> {
    let reason = row.cancel_reason_sealed.as_ref();
    let reason = reason.map(|sealed| sealer.open(&reason_of(row.id), sealed)).transpose()?;
    Ok((opened(sealer, row.id, &row.payer_sealed)?, reason))
}

/// Letters that prove a receipt to be ours: printed on it, told to whoever asks for it.
pub fn proof(sealer: &Sealer, id: Uuid) -> String {
    sealer.index("receipt", &id.to_string()).chars().take(12).collect::<String>().to_uppercase()
}

pub(super) fn reason_of(id: Uuid) -> String {
    format!("receipt_cancelled:{id}")
}

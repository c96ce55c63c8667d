//! Reading refunds: who handles or oversees the money of a unit sees them, others do not.

use crate::columns::key_of;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::refunds::{Column, Entity, Model};
use rules::access::{Scope, Sight, Thing, money_sight, scope};
use rules::actor::Actor;
use rules::fees::refunds::RefundState;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// What a list of refunds is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only in this state.
    pub state: Option<RefundState>,
    /// Only of this unit.
    pub unit: Option<Uuid>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// A refund this person may see, with how much of it. Others do not exist for them.
pub async fn find<C: ConnectionTrait>(db: &C, by: &Actor, id: Uuid) -> Result<(Model, Sight), Error> {
    let found = Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("refund"))?;
    match money_sight(by, found.unit_id) {
        Sight::None => Err(Error::NotFound("refund")),
        seen => Ok((found, seen)),
    }
}

/// Refunds of the person's units, or of the province for who oversees it; newest first.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(by, search)?.all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(by: &Actor, search: &Search) -> Result<Select<Entity>, Error> {
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
    if let Some(state) = &search.state {
        query = query.filter(Column::State.eq(key_of(state)?));
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(search.limit))
}

/// What was paid out again of the payments of a dossier, as (payment, đồng).
pub async fn paid_out<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<(Uuid, i64)>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    let rows = rows.filter(Column::State.eq(key_of(&RefundState::PaidOut)?)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.payment_id, row.amount)).collect())
}

/// The words of a refund, opened: why, why not, and the proof.
pub fn words(sealer: &Sealer, row: &Model) -> Result<(String, Option<String>, Option<String>), Error> {
    let open = |owner: String, sealed: &Option<String>| {
        sealed.as_ref().map(|text| sealer.open(&owner, text)).transpose()
    };
    Ok((
        sealer.open(&reason_of(row.id), &row.reason_sealed)?,
        open(rejection_of(row.id), &row.rejection_sealed)?,
        open(proof_of(row.id), &row.proof_sealed)?,
    ))
}

/// The person may know of the money of this unit.
pub(super) fn sees_money(by: &Actor, unit: Uuid) -> bool {
    money_sight(by, unit) > Sight::None
}

pub(super) fn reason_of(id: Uuid) -> String {
    format!("refund:{id}")
}

pub(super) fn rejection_of(id: Uuid) -> String {
    format!("refund_rejection:{id}")
}

pub(super) fn proof_of(id: Uuid) -> String {
    format!("refund_proof:{id}")
}

//! Money that was paid and has not all its receipts: it came before there was a series, or its receipt was cancelled (F-11).

use crate::columns::key_of;
use crate::error::Error;
use crate::payments::shares::share;
use crate::tables::payments::{Column, Entity, Model};
use crate::tables::{dossiers, receipts};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rules::access::{Relation, Thing, units};
use rules::actor::Actor;
use rules::fees::FeeKind;
use rules::local_time::instant;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only of this unit.
    pub unit: Option<Uuid>,
    /// Only what was paid on this local day.
    pub day: Option<NaiveDate>,
    /// When the last one of the page before was paid, and its key.
    pub after: Option<(DateTime<Utc>, Uuid)>,
    /// Rows wanted.
    pub limit: u64,
}

/// A paid payment, and of which kinds it has no receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The payment.
    pub payment: Model,
    /// Code of its dossier.
    pub dossier_code: String,
    /// The kinds that have no receipt.
    pub kinds: Vec<FeeKind>,
}

/// Paid payments without all their receipts, of the units whose money the person handles; the longest paid first.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Due>, Error> {
    let rows = query(by, search).all(db).await?;
    let held = held(db, &rows).await?;
    let codes = codes(db, &rows).await?;
    rows.into_iter()
        .map(|payment| {
            let dossier_code = codes.get(&payment.dossier_id).cloned().unwrap_or_default();
            let kinds = missing(&payment, &held)?;
            Ok(Due { payment, dossier_code, kinds })
        })
        .collect()
}

/// The query of the list; public so that the planner can be asked about it.
pub fn query(by: &Actor, search: &Search) -> Select<Entity> {
    let units = units(by, Thing::CashDesk, Relation::Unit);
    let mut query = Entity::find().filter(Column::ReceiptDueAt.is_not_null());
    query = match units.as_slice() {
        [one] => query.filter(Column::UnitId.eq(*one)),
        many => query.filter(Column::UnitId.is_in(many.iter().copied())),
    };
    if let Some(unit) = search.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(day) = search.day {
        let midnight = |day: NaiveDate| instant(day.and_time(NaiveTime::MIN));
        query = query.filter(Column::PaidAt.gte(midnight(day)));
        query = query.filter(Column::PaidAt.lt(midnight(day + Days::new(1))));
    }
    if let Some((paid_at, id)) = search.after {
        let same = Condition::all().add(Column::PaidAt.eq(paid_at)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::PaidAt.gt(paid_at)).add(same));
    }
    query.order_by_asc(Column::PaidAt).order_by_asc(Column::Id).limit(search.limit)
}

/// The receipts that stand for these payments, as payment and kind.
async fn held<C: ConnectionTrait>(db: &C, rows: &[Model]) -> Result<Vec<(Uuid, String)>, Error> {
    use receipts::Column;
    let standing = receipts::Entity::find()
        .select_only()
        .columns([Column::PaymentId, Column::Kind])
        .filter(Column::PaymentId.is_in(rows.iter().map(|row| row.id)))
        .filter(Column::State.eq("issued"));
    Ok(standing.into_tuple().all(db).await?)
}

async fn codes<C: ConnectionTrait>(db: &C, rows: &[Model]) -> Result<BTreeMap<Uuid, String>, Error> {
    use dossiers::Column;
    let named = dossiers::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Code])
        .filter(Column::Id.is_in(rows.iter().map(|row| row.dossier_id)));
    Ok(named.into_tuple::<(Uuid, String)>().all(db).await?.into_iter().collect())
}

fn missing(payment: &Model, held: &[(Uuid, String)]) -> Result<Vec<FeeKind>, Error> {
    let mut kinds = Vec::new();
    for kind in FeeKind::ALL {
        let key = key_of(&kind)?;
        let there = held.iter().any(|(of, kind)| *of == payment.id && *kind == key);
        if share(payment, kind) > 0 && !there {
            kinds.push(kind);
        }
    }
    Ok(kinds)
}

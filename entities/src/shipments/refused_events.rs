//! Events that the office could not take: who sees them, and their list.

use super::words;
use crate::dossiers::parties;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::refused_sightings::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::access::{Relation, Scope, Sight, Thing, knows, scope, sight, sight_at, units};
use rules::actor::Actor;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What their list is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search {
    /// Those that were settled; without it those that wait for a person.
    pub settled: bool,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// This person looks after refused events at all.
pub fn looks_after_any(by: &Actor) -> bool {
    knows(by, Thing::Sightings)
}

/// This person may see and settle it: administrators, clerks of the postal point or unit, and the desk.
pub(super) fn looks_after(by: &Actor, row: &Model) -> bool {
    let clerk = |relation, unit| sight_at(by, Thing::Sightings, (relation, unit)) == Sight::Full;
    clerk(Relation::Unit, row.unit_id) || row.point_id.is_some_and(|point| clerk(Relation::Point, point))
}

/// Those that this person looks after, newest first.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(by, search).all(db).await?)
}

/// The query of [`list`]; public so that the planner can be asked about it.
pub fn query(by: &Actor, search: &Search) -> Select<Entity> {
    let mut query = match search.settled {
        true => Entity::find().filter(Column::SettledAt.is_not_null()),
        false => Entity::find().filter(Column::SettledAt.is_null()),
    };
    if let Scope::Units(units_there) = scope(by, Thing::Sightings) {
        let mine = Condition::any().add(Column::UnitId.is_in(units_there));
        let points = units(by, Thing::Sightings, Relation::Point);
        query = query.filter(mine.add(Column::PointId.is_in(points)));
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(search.limit)
}

/// A refused event, and what only those who may read its dossier in full are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The row.
    pub row: Model,
    /// Words of the carrier.
    pub said: Option<String>,
    /// What came of it.
    pub words: Option<String>,
}

/// The rows as this person may read them, in their order.
pub async fn items<C: ConnectionTrait>(
    db: &C,
    (sealer, by): (&Sealer, &Actor),
    rows: Vec<Model>,
) -> Result<Vec<Item>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.dossier_id).collect();
    let found = dossiers::Entity::find().filter(dossiers::Column::Id.is_in(ids)).all(db).await?;
    let sights: HashMap<Uuid, Sight> =
        found.iter().map(|dossier| (dossier.id, sight(by, parties(dossier, by, sealer)))).collect();
    let item = |row: Model| match sights.get(&row.dossier_id) {
        Some(Sight::Full) => {
            let said = Some(said(sealer, &row)?);
            let sealed = row.words_sealed.as_deref();
            let words = sealed.map(|sealed| sealer.open(&settlement_of(row.id), sealed)).transpose()?;
            Ok(Item { said, words, row })
        }
        _ => Ok(Item { row, said: None, words: None }),
    };
    rows.into_iter().map(item).collect()
}

/// The carrier's words of a refused event, opened.
pub(super) fn said(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&words::event(row.shipment_id, &row.event_id), &row.raw_message_sealed)
}

/// What came of a refused event is sealed for this.
pub(super) fn settlement_of(id: Uuid) -> String {
    format!("refused_sighting:{id}")
}

/// An event that the carrier told again and that is taken now waits for nobody any more.
pub(super) async fn taken<C: ConnectionTrait>(
    tx: &C,
    (shipment, event): (Uuid, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let office = Actor::office();
    Entity::update_many()
        .col_expr(Column::Taken, Expr::value(true))
        .col_expr(Column::SettledBy, Expr::value(office.subject))
        .col_expr(Column::SettledName, Expr::value(office.name))
        .col_expr(Column::SettledAt, Expr::value(at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::ShipmentId.eq(shipment))
        .filter(Column::EventId.eq(event))
        .filter(Column::SettledAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

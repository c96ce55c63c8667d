//! The queue of a unit as a list.

use super::Item;
use crate::error::Error;
use crate::tables::digitisations::{Column, Entity};
use rules::access::{Scope, Thing, scope};
use rules::actor::Actor;
use rules::papers::{ItemState, Origin, Stage, WaitsFor};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// What a list of items is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only what is not over.
    pub open: bool,
    /// Only of this unit.
    pub unit: Option<Uuid>,
    /// Only in this state.
    pub state: Option<ItemState>,
    /// Only from here.
    pub origin: Option<Origin>,
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// Only what waits for this.
    pub waits_for: Option<WaitsFor>,
    /// Only of this batch.
    pub batch: Option<Uuid>,
    /// Only of this dossier.
    pub dossier: Option<Uuid>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// Items of the person's units, or of the province for who oversees it; oldest first.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Item>, Error> {
    Ok(query(by, search).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(by: &Actor, search: &Search) -> Select<Entity> {
    let mut query = Entity::find();
    if let Scope::Units(units) = scope(by, Thing::Digitisations) {
        query = match units.as_slice() {
            [one] => query.filter(Column::UnitId.eq(*one)),
            many => query.filter(Column::UnitId.is_in(many.iter().copied())),
        };
    }
    let keys = [
        (Column::State, search.state.map(ItemState::key)),
        (Column::Origin, search.origin.map(Origin::key)),
        (Column::Stage, search.stage.map(Stage::key)),
        (Column::WaitsFor, search.waits_for.map(WaitsFor::key)),
    ];
    for (column, key) in keys {
        query = match key {
            Some(key) => query.filter(column.eq(key)),
            None => query,
        };
    }
    let places =
        [(Column::UnitId, search.unit), (Column::BatchId, search.batch), (Column::DossierId, search.dossier)];
    for (column, key) in places {
        query = match key {
            Some(key) => query.filter(column.eq(key)),
            None => query,
        };
    }
    if search.open {
        query = query.filter(Column::EndedAt.is_null());
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(search.limit)
}

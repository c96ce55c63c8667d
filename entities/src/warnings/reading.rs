//! Reading warnings: officers see those addressed to them or to a role they hold; and marking one as seen.

use super::rows::names;
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::warnings::{Column, Entity, Model};
use rules::actor::Actor;
use rules::warnings::WarningKind;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whether somebody has seen a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningState {
    /// Nobody yet.
    Open,
    /// Somebody it is for.
    Seen,
}

/// What a list of warnings is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only of this unit.
    pub unit: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<WarningKind>,
    /// Only seen or only not yet seen.
    pub state: Option<WarningState>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// Warnings for this person, newest first. Each name they ask by is a walk of the index of its own, and few.
pub async fn list<C: ConnectionTrait>(db: &C, by: &Actor, search: &Search) -> Result<Vec<Model>, Error> {
    let mut rows = Vec::new();
    for query in queries(by, search) {
        rows.extend(query.all(db).await?);
    }
    rows.sort_by_key(|row: &Model| std::cmp::Reverse(row.id));
    rows.truncate(usize::try_from(search.limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// The queries of a list, one a name; public so that the planner can be asked about them.
pub fn queries(by: &Actor, search: &Search) -> Vec<Select<Entity>> {
    names(by).into_iter().map(|name| query(name, search)).collect()
}

fn query(name: String, search: &Search) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::Addressee.eq(name));
    if let Some(unit) = search.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(kind) = search.kind {
        query = query.filter(Column::Kind.eq(kind.key()));
    }
    query = match search.state {
        None => query,
        Some(WarningState::Open) => query.filter(Column::SeenAt.is_null()),
        Some(WarningState::Seen) => query.filter(Column::SeenAt.is_not_null()),
    };
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(search.limit)
}

/// The warning of a history entry; none for any other entry.
pub async fn at_entry<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
    entry: i32,
) -> Result<Option<WarningKind>, Error> {
    let given = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Entry.eq(entry));
    let found = given.one(db).await?;
    found.map(|row| crate::columns::from_key("warnings.kind", &row.kind)).transpose()
}

impl Door<'_> {
    /// Marks a warning as seen by this person; who saw it first stays. Not found for whom it is not for.
    pub async fn see_warning(&self, id: Uuid) -> Result<Model, Error> {
        let found = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let mine = found.filter(|row| names(self.by).contains(&row.addressee));
        let warning = mine.ok_or(Error::NotFound("warning"))?;
        if warning.seen_at.is_some() {
            return Ok(warning);
        }
        let mut row = warning.into_active_model();
        row.seen_by = Set(Some(self.by.subject.clone()));
        row.seen_name = Set(Some(self.by.name.chars().take(255).collect()));
        row.seen_at = Set(Some(self.at));
        Ok(row.update(self.tx).await?)
    }
}

//! The versions of the working calendar: drafts, and those that were adopted and never change again (W-17).

pub use crate::tables::calendars::{Column, Entity, Model};

use crate::columns::from_json;
use crate::error::Error;
use rules::calendar::{Calendar, CalendarFile};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};

/// Name of the working calendar of the office.
pub const NAME: &str = "vn";

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarState {
    /// Still being edited; nothing counts under it.
    Draft,
    /// In force, or overtaken by a higher version.
    Adopted,
}

impl CalendarState {
    /// Key in the database and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Adopted => "adopted",
        }
    }
}

/// One page of the versions, newest first, below `before`.
pub async fn list<C: ConnectionTrait>(db: &C, before: Option<i32>, limit: u64) -> Result<Vec<Model>, Error> {
    let mut query = named();
    if let Some(before) = before {
        query = query.filter(Column::Version.lt(before));
    }
    Ok(query.order_by_desc(Column::Version).limit(limit).all(db).await?)
}

/// One version, drafted or adopted.
pub async fn find<C: ConnectionTrait>(db: &C, version: i32) -> Result<Model, Error> {
    named().filter(Column::Version.eq(version)).one(db).await?.ok_or(Error::NotFound("calendar"))
}

/// The version under which receptions count now.
pub async fn newest<C: ConnectionTrait>(db: &C) -> Result<Model, Error> {
    adopted().order_by_desc(Column::Version).one(db).await?.ok_or(Error::NotFound("calendar"))
}

/// The versions that were adopted.
pub(super) fn adopted() -> Select<Entity> {
    named().filter(Column::State.eq(CalendarState::Adopted.key()))
}

fn named() -> Select<Entity> {
    Entity::find().filter(Column::Name.eq(NAME))
}

/// What a version says.
pub fn file(row: &Model) -> Result<CalendarFile, Error> {
    from_json("calendars.content", &row.content)
}

/// A version ready for counting.
pub fn ready(row: &Model) -> Result<Calendar, Error> {
    Calendar::from_file(&file(row)?).map_err(|e| Error::damaged("calendars.content", format!("{e:?}")))
}

//! A working calendar, by name and version.

use sea_orm::entity::prelude::*;

/// A row of `calendars`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendars")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name, e.g. `vn`.
    pub name: String,
    /// Version; the highest counts.
    pub version: i32,
    /// First day covered.
    pub valid_from: Date,
    /// Last day covered.
    pub valid_to: Date,
    /// JSON of `rules::calendar::CalendarFile`.
    pub content: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

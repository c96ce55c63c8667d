//! A working calendar, by name and version; an adopted version never changes.

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
    /// Version; the highest adopted one counts.
    pub version: i32,
    /// First day covered.
    pub valid_from: Date,
    /// Last day covered.
    pub valid_to: Date,
    /// JSON of `rules::calendar::CalendarFile`.
    pub content: String,
    /// `draft` or `adopted`.
    pub state: String,
    /// Grows with each edit; the ETag.
    pub row_version: i32,
    /// Version it was edited from; none for one that came from a file.
    pub based_on: Option<i32>,
    /// Begun; none for one that came from a file.
    pub created_at: Option<DateTimeUtc>,
    /// Subject of who began it.
    pub created_by: Option<String>,
    /// Name of who began it.
    pub created_name: Option<String>,
    /// Adopted; none for a draft and for one that came from a file.
    pub adopted_at: Option<DateTimeUtc>,
    /// Subject of who adopted it.
    pub adopted_by: Option<String>,
    /// Name of who adopted it.
    pub adopted_name: Option<String>,
    /// Why it was adopted, in words.
    pub reason: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! That open dossiers were asked to be counted anew under a version of the calendar, by whom and why (W-17).

use sea_orm::entity::prelude::*;

/// A row of `recomputations`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recomputations")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Version of the calendar.
    pub calendar: i32,
    /// Why, in words.
    pub reason: String,
    /// Subject of who asked.
    pub asked_by: String,
    /// Name of who asked.
    pub asked_name: String,
    /// When.
    pub asked_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

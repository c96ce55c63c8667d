//! A reading of the national database's catalogue.

use sea_orm::entity::prelude::*;

/// A row of `catalogue_pulls`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue_pulls")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// JSON list of the national codes to read; empty for all that are known here.
    pub codes: String,
    /// Subject who asked for it; the office itself when the schedule did.
    pub asked_by: String,
    /// Name of that person.
    pub asked_name: String,
    /// Asked for.
    pub asked_at: DateTimeUtc,
    /// Procedures in the national list; none until it was read.
    pub listed: Option<i32>,
    /// Procedures to read one by one.
    pub to_read: Option<i32>,
    /// The list was read.
    pub listed_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

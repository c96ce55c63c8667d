//! How far the telling of a history entry to the national portal has come.

use sea_orm::entity::prelude::*;

/// A row of `portal_pushes`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_pushes")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// History entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry: i32,
    /// Exchange in which the record went as it stood at this entry; none when a later entry's record spoke for it.
    pub record_exchange: Option<Uuid>,
    /// Exchange in which the progress line or the status of this entry was taken.
    pub line_exchange: Option<Uuid>,
    /// Since when the portal holds a record at least as new as this entry.
    pub begun_at: DateTimeUtc,
    /// When all of it was told.
    pub told_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

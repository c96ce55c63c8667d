//! A notice handed to its provider; unique, so that nobody is told twice.

use sea_orm::entity::prelude::*;

/// A row of `notices`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// History entry told about.
    pub entry: i32,
    /// Key of the event.
    pub event: String,
    /// `email`.
    pub channel: String,
    /// Blind index of the recipient.
    pub recipient_index: String,
    /// Handed to the provider.
    pub handed_over_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A dossier that must be kept beyond its term, such as for a court or an inspection.

use sea_orm::entity::prelude::*;

/// A row of `holds`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holds")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Why, such as the number of a letter; nothing about a person.
    pub reason: String,
    /// Since when.
    pub placed_at: DateTimeUtc,
    /// Until when; it holds while there is none.
    pub lifted_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

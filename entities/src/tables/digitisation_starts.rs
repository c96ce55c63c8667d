//! From which day on a tier digitises what it receives (D-03).

use sea_orm::entity::prelude::*;

/// A row of `digitisation_starts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitisation_starts")]
pub struct Model {
    /// `province`, `district` or `commune`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tier: String,
    /// First local day.
    pub starts_on: Date,
    /// Where it is written.
    pub source: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A month whose satisfaction the national portal was told.

use sea_orm::entity::prelude::*;

/// A row of `satisfaction_months`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "satisfaction_months")]
pub struct Model {
    /// `2026-11`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// Told.
    pub told_at: DateTimeUtc,
    /// What the portal answered, secrets masked.
    pub answer: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

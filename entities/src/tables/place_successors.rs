//! Which place continues another, wholly or in part.

use sea_orm::entity::prelude::*;

/// A row of `place_successors`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "place_successors")]
pub struct Model {
    /// Code of the place that ended.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// First day of the successor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// Code of the place that continues it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub successor: String,
    /// `whole` or `part`.
    pub share: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

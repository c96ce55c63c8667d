//! Which unit continues another after a change of administrative units.

use sea_orm::entity::prelude::*;

/// A row of `unit_successors`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_successors")]
pub struct Model {
    /// The unit that ended.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: Uuid,
    /// The unit that continues it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub successor_id: Uuid,
    /// First day of the successor.
    pub valid_from: Date,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

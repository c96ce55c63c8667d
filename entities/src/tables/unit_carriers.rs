//! The carrier that a unit gives its parcels to, and the postal point that serves it.

use sea_orm::entity::prelude::*;

/// A row of `unit_carriers`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_carriers")]
pub struct Model {
    /// The unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: Uuid,
    /// Connector key.
    pub carrier: String,
    /// Postal point whose clerks come.
    pub point_id: Option<Uuid>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

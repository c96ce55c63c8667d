//! Waybill numbers that a carrier gave out beforehand.

use sea_orm::entity::prelude::*;

/// A row of `waybills`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "waybills")]
pub struct Model {
    /// Connector key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub carrier: String,
    /// The number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The shipment that took it.
    pub shipment_id: Option<Uuid>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

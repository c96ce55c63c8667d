//! A place as a carrier calls it.

use sea_orm::entity::prelude::*;

/// A row of `carrier_places`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carrier_places")]
pub struct Model {
    /// Connector key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub carrier: String,
    /// `province`, `district` or `ward`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Our code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The carrier's.
    pub theirs: String,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

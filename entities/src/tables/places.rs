//! An administrative unit of the country as it was from one day to another.

use sea_orm::entity::prelude::*;

/// A row of `places`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "places")]
pub struct Model {
    /// Code of 2, 3 or 5 digits; a number may be given again to a later place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// `province`, `district` or `commune`.
    pub level: String,
    /// Full Vietnamese name, such as `Phường Đức Xuân`.
    pub name: String,
    /// Name without accents, for search.
    pub name_folded: String,
    /// Code of the place it lies in; none for a province.
    pub parent_code: Option<String>,
    /// Document that orders it.
    pub document: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

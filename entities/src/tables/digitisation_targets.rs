//! How much of the old paper is to be digitised by when (R-C2, R-C3).

use sea_orm::entity::prelude::*;

/// A row of `digitisation_targets`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitisation_targets")]
pub struct Model {
    /// The plan that sets it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan: String,
    /// Tier of the units.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tier: String,
    /// `dossier` or `result`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Least share, in hundredths.
    pub percent: i32,
    /// First local day.
    pub from_day: Date,
    /// Last local day.
    pub until_day: Date,
    /// Where it is written.
    pub source: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What became of one procedure in a reading of the catalogue.

use sea_orm::entity::prelude::*;

/// A row of `pulled_procedures`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pulled_procedures")]
pub struct Model {
    /// The reading.
    #[sea_orm(primary_key, auto_increment = false)]
    pub pull_id: Uuid,
    /// National procedure code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub national_code: String,
    /// `unchanged`, `drafted`, `kept` (a person is editing the draft) or `absent`.
    pub outcome: String,
    /// The draft, where there is one.
    pub draft_id: Option<Uuid>,
    /// Read.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

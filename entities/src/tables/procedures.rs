//! A procedure by its national code; what it says is in its revisions.

use sea_orm::entity::prelude::*;

/// A row of `procedures`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "procedures")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Code such as `1.001193`.
    pub national_code: String,
    /// Name in the newest revision.
    pub name: String,
    /// Name without accents, for search.
    pub name_folded: String,
    /// Field in the newest revision.
    pub field_code: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

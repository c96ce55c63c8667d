//! The last number given under a prefix of dossier codes.

use sea_orm::entity::prelude::*;

/// A row of `code_series`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "code_series")]
pub struct Model {
    /// Unit code and day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub prefix: String,
    /// Last number given.
    pub last: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

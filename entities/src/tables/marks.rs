//! A place to remember how far a reading went.

use sea_orm::entity::prelude::*;

/// A row of `marks`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "marks")]
pub struct Model {
    /// What is read.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Cursor of the other party.
    pub value: String,
    /// Number, where one counts.
    pub number: Option<i32>,
    /// Last moved.
    pub updated_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Who opened a paper that is being digitised, and what for.

use sea_orm::entity::prelude::*;

/// A row of `digitisation_uses`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitisation_uses")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The item.
    pub digitisation_id: Uuid,
    /// `fields` or `page`.
    pub kind: String,
    /// Which page, from 1.
    pub page: Option<i32>,
    /// Subject of who opened it.
    pub by_subject: String,
    /// Name of who opened it.
    pub by_name: String,
    /// What for, in words.
    pub purpose: String,
    /// When.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

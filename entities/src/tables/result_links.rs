//! A link by which the file of a result is fetched without signing in, until it ends.

use sea_orm::entity::prelude::*;

/// A row of `result_links`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "result_links")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The result.
    pub result_id: Uuid,
    /// Subject of who made it.
    pub made_by: String,
    /// Name of who made it.
    pub made_name: String,
    /// What it is for, in words.
    pub purpose: String,
    /// Made.
    pub made_at: DateTimeUtc,
    /// Good until then.
    pub expires_at: DateTimeUtc,
    /// How often the file was fetched by it.
    pub fetched: i32,
    /// The last time.
    pub fetched_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

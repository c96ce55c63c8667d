//! What a platform or a bank says it moved on a day, beside what we say (F-03).

use sea_orm::entity::prelude::*;

/// A row of `statements`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statements")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Connector key, for the list of a payment platform.
    pub platform: Option<String>,
    /// Account of a unit, for the list of a bank.
    pub account_id: Option<Uuid>,
    /// Unit of the account.
    pub unit_id: Option<Uuid>,
    /// Local day.
    pub day: Date,
    /// Their movements, as JSON.
    pub lines: String,
    /// Number of our movements.
    pub ours_count: i32,
    /// Their sum in đồng.
    pub ours_sum: i64,
    /// Number of their movements.
    pub theirs_count: i32,
    /// Their sum in đồng.
    pub theirs_sum: i64,
    /// How many differences were found.
    pub differences: i32,
    /// Subject who brought it.
    pub recorded_by: String,
    /// Name of that person.
    pub recorded_name: String,
    /// Compared.
    pub recorded_at: DateTimeUtc,
    /// Another list of the same day took its place.
    pub replaced_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

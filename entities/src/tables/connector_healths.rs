//! The last calls of a party, as the process that called last told them.

use sea_orm::entity::prelude::*;

/// A row of `connector_healths`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connector_healths")]
pub struct Model {
    /// Key of the connector.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// When it last did its part.
    pub answered_at: Option<DateTimeUtc>,
    /// How long that took, in milliseconds.
    pub took_ms: Option<i64>,
    /// When a call last failed.
    pub failed_at: Option<DateTimeUtc>,
    /// Why, in words; no secret and no personal data.
    #[sea_orm(column_type = "Text", nullable)]
    pub failed_with: Option<String>,
    /// Until when it is left to rest after failures.
    pub resting_until: Option<DateTimeUtc>,
    /// When this was told.
    pub told_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

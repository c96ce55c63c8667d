//! One leg of carriage by post.

use sea_orm::entity::prelude::*;

/// A row of `shipments`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipments")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// `return`, `collection`, or `revoked-1`, `revoked-2` … for the way home of a result that was taken back.
    pub leg: String,
    /// Connector key.
    pub carrier: String,
    /// Order number at the carrier.
    pub order_number: String,
    /// Mapped state (law.md §5).
    pub state: String,
    /// Code as the carrier said it.
    pub raw_code: Option<String>,
    /// Words of the carrier.
    pub raw_message: Option<String>,
    /// Deliveries that failed.
    pub failed_attempts: i32,
    /// The last of them.
    pub undelivered_at: Option<DateTimeUtc>,
    /// Asked for.
    pub created_at: DateTimeUtc,
    /// Taken by the carrier.
    pub ordered_at: Option<DateTimeUtc>,
    /// Delivered.
    pub delivered_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A message of a payment platform as it came in, with the verdict on it.

use sea_orm::entity::prelude::*;

/// A row of `payment_messages`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_messages")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The payment it names, when known.
    pub payment_id: Option<Uuid>,
    /// Connector key.
    pub platform: String,
    /// Key of the verdict.
    pub verdict: String,
    /// The raw message.
    pub body: String,
    /// When.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

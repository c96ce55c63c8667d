//! Who changed the state of a party, when and why; rows are only ever added.

use sea_orm::entity::prelude::*;

/// A row of `connector_changes`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connector_changes")]
pub struct Model {
    /// Key; its order is the order of changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Key of the connector, or with a data service of it.
    pub key: String,
    /// State before; none when nobody had said any.
    pub from_state: Option<String>,
    /// State after.
    pub to_state: String,
    /// When.
    pub at: DateTimeUtc,
    /// Subject of the administrator.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// Why, in words.
    pub reason: String,
}

/// No joins: rows are read by the connector's key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

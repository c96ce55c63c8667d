//! Whether a party, or one of its data services, is used.

use sea_orm::entity::prelude::*;

/// A row of `connectors`; a party that is set up and has none is live.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connectors")]
pub struct Model {
    /// Key of the connector, or with a data service of it: `dvcqg/TraCuuHoSo`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Key of `rules::parties::PartyState`.
    pub state: String,
    /// Since when.
    pub since: DateTimeUtc,
    /// Subject of the administrator who said so.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// Why, in words.
    pub reason: String,
    /// Counts the changes.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

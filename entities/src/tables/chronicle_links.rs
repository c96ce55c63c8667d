//! The place of each entry of the chronicle in its chain; rows are only added.

use sea_orm::entity::prelude::*;

/// A row of `chronicle_links`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chronicle_links")]
pub struct Model {
    /// The chain: a unit's key, or `office`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub chain: String,
    /// 1, 2, 3 … within the chain.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The entry.
    pub entry_id: Uuid,
    /// Hash of the entry, 64 hex digits.
    pub entry_hash: String,
    /// Hash of the link before; 64 zeros for the first.
    pub prev_hash: String,
    /// Hash of this link.
    pub hash: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

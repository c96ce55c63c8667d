//! Public keys of those who sign the heads of chains; rows are only added.

use sea_orm::entity::prelude::*;

/// A row of `chronicle_keys`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chronicle_keys")]
pub struct Model {
    /// The first 16 hex digits of the SHA-256 of the public key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Ed25519, 64 hex digits.
    pub public_key: String,
    /// First used.
    pub since: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

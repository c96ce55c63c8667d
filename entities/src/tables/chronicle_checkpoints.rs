//! Signed heads of chains; rows are only added.

use sea_orm::entity::prelude::*;

/// A row of `chronicle_checkpoints`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chronicle_checkpoints")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The chain.
    pub chain: String,
    /// The link that is signed.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// The key that signed: the first 16 hex digits of the SHA-256 of the public key.
    pub key_id: String,
    /// Ed25519 over the words of `docs/chronicle.md`, 128 hex digits.
    pub signature: String,
    /// When it was signed.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

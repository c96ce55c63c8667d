//! What people did to a paper of the queue: only ever added to.

use sea_orm::entity::prelude::*;

/// A row of `digitisation_events`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitisation_events")]
pub struct Model {
    /// Key; grows with time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The item.
    pub digitisation_id: Uuid,
    /// `scanned`, `retried`, `stopped` or `dropped`.
    pub kind: String,
    /// Subject of who did it.
    pub by_subject: String,
    /// Name of who did it.
    pub by_name: String,
    /// The reason in words, sealed.
    pub words_sealed: Option<String>,
    /// When.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

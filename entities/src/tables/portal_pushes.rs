//! What was sent to the national portal for a history entry, and the answer.

use sea_orm::entity::prelude::*;

/// A row of `portal_pushes`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_pushes")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// History entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry: i32,
    /// The request, secrets masked, sealed.
    pub request_sealed: String,
    /// The answer.
    pub answer: String,
    /// When.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

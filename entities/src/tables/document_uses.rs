//! Who looked at a document or used it, and what for; the owner reads it.

use sea_orm::entity::prelude::*;

/// A row of `document_uses`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_uses")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The document.
    pub document_id: Uuid,
    /// `filed`, `offered`, `read`, `reused`, `superseded` or `revoked`.
    pub kind: String,
    /// The dossier it was for.
    pub dossier_id: Option<Uuid>,
    /// The unit.
    pub unit_id: Option<Uuid>,
    /// Subject of who did it.
    pub by_subject: String,
    /// Name of who did it.
    pub by_name: String,
    /// What for, in words.
    pub purpose: String,
    /// When.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! An application being written; local only, without a code (C-14).

use sea_orm::entity::prelude::*;

/// A row of `drafts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "drafts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who writes it.
    pub owner: String,
    /// The procedure.
    pub procedure_id: Uuid,
    /// The application, sealed.
    pub body_sealed: String,
    /// Row version.
    pub version: i32,
    /// Begun.
    pub created_at: DateTimeUtc,
    /// Last saved.
    pub updated_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

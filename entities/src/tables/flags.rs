//! Something about a dossier that a person at its desk is to look at.

use sea_orm::entity::prelude::*;

/// A row of `flags`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flags")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// The unit whose desk it is for.
    pub unit_id: Uuid,
    /// What it is about, `snake_case`.
    pub code: String,
    /// JSON pointer to the place; empty for the whole.
    pub pointer: String,
    /// The sentence in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// What came with it, as JSON, sealed.
    pub detail_sealed: Option<String>,
    /// The paper it waits for; settled with it.
    pub subject_id: Option<Uuid>,
    /// Raised.
    pub raised_at: DateTimeUtc,
    /// Subject of who settled it.
    pub settled_by: Option<String>,
    /// Name of that person.
    pub settled_name: Option<String>,
    /// When that was.
    pub settled_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

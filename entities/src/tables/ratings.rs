//! How satisfied a person was with what the office did, once a dossier.

use sea_orm::entity::prelude::*;

/// A row of `ratings`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ratings")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// Competent unit.
    pub unit_id: Uuid,
    /// National procedure code.
    pub national_code: String,
    /// `very_satisfied`, `satisfied` or `dissatisfied`.
    pub score: String,
    /// What they said, sealed.
    pub opinion_sealed: Option<String>,
    /// Given.
    pub given_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! On what ground a dossier was handed in for its applicant, by whom, and how that ended.

use sea_orm::entity::prelude::*;

/// A row of `mandates`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mandates")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// Key of `rules::mandates::Ground`.
    pub ground: String,
    /// Key of `rules::mandates::Way`; none where nobody had to give their word.
    pub way: Option<String>,
    /// Day on which it was given.
    pub given_on: Option<Date>,
    /// Last day on which it holds, that of the law where it names none; none while it is not ended.
    pub until: Option<Date>,
    /// Subject of who handed in.
    pub holder: String,
    /// Name of who handed in, sealed.
    pub holder_sealed: String,
    /// Blind index of the number that their sign-in vouches for.
    pub holder_index: Option<String>,
    /// Name of the witness, sealed.
    pub witness_sealed: Option<String>,
    /// The paper that shows it.
    pub proof_id: Option<Uuid>,
    /// Recorded.
    pub recorded_at: DateTimeUtc,
    /// Ended before its last day.
    pub ended_at: Option<DateTimeUtc>,
    /// Subject of who ended it.
    pub ended_by: Option<String>,
    /// Why it was ended, in words, sealed.
    pub ended_reason_sealed: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

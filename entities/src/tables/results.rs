//! An issued result that anyone can check by its code: what it is, how it stands, its hash.

use sea_orm::entity::prelude::*;

/// A row of `results`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "results")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// The decision it was issued by.
    pub decision_id: Uuid,
    /// The unit that issued it.
    pub unit_id: Uuid,
    /// Code of the result (MAKETQUA).
    pub result_code: String,
    /// Name of the result for people.
    pub name: String,
    /// Number and sign, sealed.
    pub number_sealed: String,
    /// Local day of issue.
    pub issued_on: chrono::NaiveDate,
    /// First day of validity.
    pub valid_from: Option<chrono::NaiveDate>,
    /// Last day; none without end.
    pub valid_until: Option<chrono::NaiveDate>,
    /// Subject whose dossier it is the result of, or the unit that took it in.
    pub owner: String,
    /// Blind index of the applicant's id number.
    pub owner_index: Option<String>,
    /// What people type or scan to check it; not to be guessed.
    pub verification_code: String,
    /// Hash of the file.
    pub sha256: String,
    /// The file.
    pub file_id: Uuid,
    /// `in_force`, `replaced` or `revoked`.
    pub state: String,
    /// Replaced or revoked.
    pub ended_at: Option<DateTimeUtc>,
    /// Name of who revoked it.
    pub ended_by: Option<String>,
    /// Decision or article by which it was ended, sealed: it may name a person.
    pub ended_basis_sealed: Option<String>,
    /// Why, sealed.
    pub ended_reason_sealed: Option<String>,
    /// The result in its place.
    pub replaced_by: Option<Uuid>,
    /// When.
    pub issued_at: DateTimeUtc,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

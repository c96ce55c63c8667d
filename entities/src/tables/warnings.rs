//! A warning that was given: one row for each of those it is for.

use sea_orm::entity::prelude::*;

/// A row of `warnings`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warnings")]
pub struct Model {
    /// Key; its order is the order of giving.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Key of what is warned of.
    pub kind: String,
    /// What makes it unique beside dossier and kind.
    pub occasion: String,
    /// Key of whom it is for.
    pub audience: String,
    /// The unit of those it is for.
    pub unit_id: Uuid,
    /// A role at a unit (`approver@<unit>`) or the subject of an officer; `applicant` for the letter.
    pub addressee: String,
    /// History entry of the dossier.
    pub entry: i32,
    /// The sentence in Vietnamese.
    pub vi: String,
    /// The sentence in English.
    pub en: String,
    /// When it was given.
    pub given_at: DateTimeUtc,
    /// Subject who saw it first.
    pub seen_by: Option<String>,
    /// Name of that person.
    pub seen_name: Option<String>,
    /// When.
    pub seen_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

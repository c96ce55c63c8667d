//! A revision that is not in force yet: made of what is published, finished and adopted by a person.

use sea_orm::entity::prelude::*;

/// A row of `revision_drafts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision_drafts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// National procedure code.
    pub national_code: String,
    /// The revision in force when it was made; none for a procedure new here.
    pub based_on: Option<Uuid>,
    /// JSON of `rules::procedure::Revision`.
    pub content: String,
    /// JSON of `rules::published::PublishedProcedure`, as it was read.
    pub published: String,
    /// JSON list of `rules::published::Remark`.
    pub remarks: String,
    /// `draft`, `adopted` or `discarded`.
    pub state: String,
    /// Row version; the ETag.
    pub version: i32,
    /// Made.
    pub created_at: DateTimeUtc,
    /// Last written.
    pub changed_at: DateTimeUtc,
    /// Person who last wrote it; none while only the machine did.
    pub changed_name: Option<String>,
    /// Adopted or discarded.
    pub ended_at: Option<DateTimeUtc>,
    /// Subject who did.
    pub ended_by: Option<String>,
    /// Name of that person.
    pub ended_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The revision it became.
    pub revision_id: Option<Uuid>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What a stage of the pipeline found: kept, so that a stage done is not done again.

use sea_orm::entity::prelude::*;

/// A row of `digitisation_stages`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitisation_stages")]
pub struct Model {
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digitisation_id: Uuid,
    /// Its stage.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: String,
    /// `done`, or `skipped` with the reason in the report.
    pub outcome: String,
    /// What was found, as JSON; never personal data.
    pub report: String,
    /// What was found and names people, as JSON, sealed.
    pub report_sealed: Option<String>,
    /// Bytes that came out, in the file store.
    pub output_sha256: Option<String>,
    /// Who did it, with its version.
    pub engine: String,
    /// Milliseconds it took.
    pub millis: i64,
    /// When.
    pub ended_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

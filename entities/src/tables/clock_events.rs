//! What moved the legal clock; rows are only added, the due date is a fold over them.

use sea_orm::entity::prelude::*;

/// A row of `clock_events`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clock_events")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// 1, 2, 3 … within the dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Key of `rules::deadlines::ClockKind`.
    pub kind: String,
    /// When.
    pub at: DateTimeUtc,
    /// New date of an extension.
    pub extended_to: Option<DateTimeUtc>,
    /// History entry that caused it.
    pub entry: i32,
    /// JSON of `rules::deadlines::Terms` that count from here on; on a start and a recomputation.
    pub terms: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

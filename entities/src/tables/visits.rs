//! One check on the spot with its report (kiểm tra thực tế).

use sea_orm::entity::prelude::*;

/// A row of `visits`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visits")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// History entry that recorded it.
    pub entry: i32,
    /// When it took place.
    pub visited_at: DateTimeUtc,
    /// JSON of `dossiers::process::Report`, sealed.
    pub report_sealed: String,
    /// Subject who recorded it.
    pub recorded_by: String,
    /// Name of that person.
    pub recorded_name: String,
    /// Recorded.
    pub recorded_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

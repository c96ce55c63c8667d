//! What was erased of a dossier whose term was over; what had to stay stands in `dossiers`.

use sea_orm::entity::prelude::*;

/// A row of `erasures`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasures")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// Years that it was kept.
    pub years: i32,
    /// Cells that were overwritten.
    pub cells: i64,
    /// Files that were taken out of the store.
    pub files: i32,
    /// Places in the store as JSON, until their bytes are gone.
    pub places: String,
    /// When its rows were overwritten.
    pub erased_at: DateTimeUtc,
    /// When the bytes of its files were gone.
    pub bytes_gone_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

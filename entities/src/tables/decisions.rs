//! The issued result of a dossier.

use sea_orm::entity::prelude::*;

/// A row of `decisions`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// `granted` or `rejected`.
    pub outcome: String,
    /// Số, ký hiệu.
    pub number: String,
    /// Result code of the procedure.
    pub result_code: String,
    /// The result file.
    pub file_id: Uuid,
    /// Name of the signer.
    pub signed_by: String,
    /// Issued.
    pub decided_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

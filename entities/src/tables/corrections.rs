//! A result that was taken back to be corrected; the decision as it stood is kept here for ever.

use sea_orm::entity::prelude::*;

/// A row of `corrections`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "corrections")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// 1, 2, 3 … within the dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// History entry of the correction.
    pub entry: i32,
    /// `granted` or `rejected`, as the revoked decision said.
    pub outcome: String,
    /// Số, ký hiệu of the revoked decision.
    pub number: String,
    /// Its result code.
    pub result_code: String,
    /// Its file.
    pub file_id: Uuid,
    /// Name of its signer.
    pub signed_by: String,
    /// Issued.
    pub decided_at: DateTimeUtc,
    /// What was wrong, sealed.
    pub reason_sealed: String,
    /// Subject who took it back.
    pub corrected_by: String,
    /// Name of that person.
    pub corrected_name: String,
    /// Taken back.
    pub corrected_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A paper of a dossier: component, supplement or result.

use sea_orm::entity::prelude::*;

/// A row of `papers`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "papers")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// The file; none for a paper seen at the desk only.
    pub file_id: Option<Uuid>,
    /// `component`, `supplement`, `result`, `revoked` for a result that was taken back; `shared` on a child dossier,
    /// `child_result` on its main one; `kept` for what the portal sent unasked, `tax_receipt` for one of land tax.
    pub part: String,
    /// Code of the component or result.
    pub component: Option<String>,
    /// How it was satisfied (L-09): `new`, `reused`, `database` or `vneid`.
    pub source: String,
    /// Supplement round; 0 at submission.
    pub round: i32,
    /// Name for people.
    pub name: String,
    /// The document of the store that stands for it; none where something was handed in.
    pub document_id: Option<Uuid>,
    /// Handed in.
    pub created_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

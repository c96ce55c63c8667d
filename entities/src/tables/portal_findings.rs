//! A difference between a dossier here and what the national portal holds, and its end.

use sea_orm::entity::prelude::*;

/// A row of `portal_findings`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_findings")]
pub struct Model {
    /// Key; its order is the order of finding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The comparison.
    pub reconciliation_id: Uuid,
    /// The dossier; none when it is missing here.
    pub dossier_id: Option<Uuid>,
    /// Its code; the portal's own key for one that is missing here.
    pub code: String,
    /// Key of `reconciliations::Kind`.
    pub kind: String,
    /// JSON of `reconciliations::Side` as it stands here.
    pub here: String,
    /// JSON of `reconciliations::Side` as the portal tells it.
    pub there: String,
    /// Found.
    pub found_at: DateTimeUtc,
    /// When the portal took what puts it right.
    pub repaired_at: Option<DateTimeUtc>,
    /// Why it could not be put right yet, in words.
    pub trouble: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

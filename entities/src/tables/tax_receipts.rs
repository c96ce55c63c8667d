//! A receipt of land tax, as the portal told it.

use sea_orm::entity::prelude::*;

/// A row of `tax_receipts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_receipts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Number of the notice it names.
    pub notice: String,
    /// The sum in đồng.
    pub amount: i64,
    /// The portal says that it is paid.
    pub paid: bool,
    /// It paid a notice of the dossier.
    pub matched: bool,
    /// Payer, purpose and link as JSON, sealed.
    pub told_sealed: String,
    /// The receipt itself, once it is here.
    pub file_id: Option<Uuid>,
    /// When it was paid, where told.
    pub paid_at: Option<DateTimeUtc>,
    /// When we were told of it.
    pub told_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

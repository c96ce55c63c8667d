//! A line of a notice of land tax, as the portal told it.

use sea_orm::entity::prelude::*;

/// A row of `tax_notices`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_notices")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Number of the notice.
    pub decision: String,
    /// Its day, where told.
    pub decided_on: Option<Date>,
    /// What it is for.
    pub item: String,
    /// The sum in đồng.
    pub amount: i64,
    /// Tax number of the debtor, sealed.
    pub tax_number_sealed: String,
    /// `due` or `paid`.
    pub state: String,
    /// The receipt that paid it.
    pub receipt_id: Option<Uuid>,
    /// When it was paid.
    pub paid_at: Option<DateTimeUtc>,
    /// When we were told of it.
    pub told_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

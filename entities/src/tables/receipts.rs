//! Fee receipts (biên lai) that this program made out; none is ever removed (F-16).

use sea_orm::entity::prelude::*;

/// A row of `receipts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The series.
    pub series_id: Uuid,
    /// Local year of the number.
    pub year: i32,
    /// Number in series and year, from 1, without a gap.
    pub number: i32,
    /// Unit that took the money.
    pub unit_id: Uuid,
    /// `phi` or `le_phi`.
    pub kind: String,
    /// The payment.
    pub payment_id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Way the money came.
    pub way: String,
    /// Amount in đồng.
    pub amount: i64,
    /// The charges with their amounts, as JSON.
    pub lines: String,
    /// Who paid, sealed.
    pub payer_sealed: String,
    /// Local day of issue.
    pub day: Date,
    /// Subject who issued it.
    pub issued_by: String,
    /// Name of that person.
    pub issued_name: String,
    /// Issued.
    pub issued_at: DateTimeUtc,
    /// `issued` or `cancelled`.
    pub state: String,
    /// The cancelled receipt it stands for.
    pub replaces: Option<Uuid>,
    /// Subject who cancelled it.
    pub cancelled_by: Option<String>,
    /// Name of that person.
    pub cancelled_name: Option<String>,
    /// Cancelled.
    pub cancelled_at: Option<DateTimeUtc>,
    /// Why, in words, sealed.
    pub cancel_reason_sealed: Option<String>,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

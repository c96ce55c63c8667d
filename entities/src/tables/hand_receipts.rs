//! Numbers of receipts that this program did not make out; each stands once, for one kind of money (F-16, F-17).

use sea_orm::entity::prelude::*;

/// A row of `hand_receipts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hand_receipts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Unit that took the money.
    pub unit_id: Uuid,
    /// Local year of the number.
    pub year: i32,
    /// `phi` or `le_phi`.
    pub kind: String,
    /// `paper` or `electronic` in another system.
    pub medium: String,
    /// Ký hiệu of the printed book in force; empty where the unit has recorded none.
    pub series_code: String,
    /// The number without the noughts before it; letters as capitals.
    pub number: String,
    /// The payment.
    pub payment_id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Local day of the money.
    pub day: Date,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Series of fee receipts of a unit, one of each kind at a time (F-10).

use sea_orm::entity::prelude::*;

/// A row of `receipt_series`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt_series")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit that collects.
    pub unit_id: Uuid,
    /// `phi` or `le_phi`: two receipts (F-17).
    pub kind: String,
    /// `electronic` or `paper`.
    pub medium: String,
    /// Ký hiệu mẫu.
    pub form_code: String,
    /// Ký hiệu.
    pub series_code: String,
    /// Name of the collecting body.
    pub collector_name: String,
    /// Its tax code.
    pub collector_tax_code: String,
    /// The mandate, where another body issues for it (F-13).
    pub mandate: Option<String>,
    /// First local day of use.
    pub first_day: Date,
    /// Last one; open when absent.
    pub last_day: Option<Date>,
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

//! A batch of old papers that a unit digitises: which box, by whose order (R-C2, R-C5).

use sea_orm::entity::prelude::*;

/// A row of `paper_batches`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_batches")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// What the papers are.
    pub title: String,
    /// `dossier` or `result`: which of the two shares of the targets it counts in (R-C3).
    pub kind: String,
    /// Box (hộp, cặp) on the shelf.
    pub box_number: String,
    /// Papers in it by the inventory.
    pub expected: i32,
    /// The plan or decision that orders it.
    pub plan: Option<String>,
    /// Subject of the officer who began it.
    pub begun_by: String,
    /// Name of that officer.
    pub begun_name: String,
    /// When.
    pub begun_at: DateTimeUtc,
    /// When all of it was done; none while it is open.
    pub closed_at: Option<DateTimeUtc>,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

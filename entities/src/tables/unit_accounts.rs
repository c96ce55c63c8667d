//! Bank accounts that a unit takes its phí and lệ phí on; a row is never changed, a later one takes its place.

use sea_orm::entity::prelude::*;

/// A row of `unit_accounts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_accounts")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
    /// `phi` or `le_phi`; absent when both go there (F-01).
    pub kind: Option<String>,
    /// Six digits of the bank in the NAPAS network.
    pub bank_bin: String,
    /// Name of the bank, for people.
    pub bank_name: String,
    /// Number of the account.
    pub number: String,
    /// Its owner, as the bank writes it.
    pub holder: String,
    /// First local day.
    pub valid_from: Date,
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

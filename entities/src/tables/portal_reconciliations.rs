//! One comparison of our dossiers with what the national portal holds, and how far its walk has come.

use sea_orm::entity::prelude::*;

/// A row of `portal_reconciliations`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_reconciliations")]
pub struct Model {
    /// Key; that of the job which began it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Key of `reconciliations::State`.
    pub state: String,
    /// Ended dossiers are looked at when something happened to them from here on; none for all of them.
    pub since: Option<DateTimeUtc>,
    /// Subject of who asked for it; none at night.
    pub asked_by: Option<String>,
    /// Name of who asked for it.
    pub asked_name: Option<String>,
    /// Begun.
    pub started_at: DateTimeUtc,
    /// Ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Parts that are done; the fence of the next one.
    pub parts: i32,
    /// Dossiers that were compared.
    pub looked_at: i32,
    /// Dossiers that were passed over because news of them was on its way.
    pub passed_over: i32,
    /// Part of the walk: `live`, `ended`, `open` or `sent`.
    pub phase: String,
    /// Last dossier or message of the part before.
    pub reached: Option<Uuid>,
    /// When something last happened to it, among those that ended.
    pub reached_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

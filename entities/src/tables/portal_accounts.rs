//! What the national portal answered of the account of a dossier's owner; asked once.

use sea_orm::entity::prelude::*;

/// A row of `portal_accounts`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_accounts")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// The technical account (`TechID`), sealed; none when the portal names none, or several.
    pub account_sealed: Option<String>,
    /// When the portal answered.
    pub answered_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

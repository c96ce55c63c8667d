//! What happened to a dossier, in order; rows are only added.

use sea_orm::entity::prelude::*;

/// A row of `history`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "history")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// 1, 2, 3 … within the dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Key of the act.
    pub act: String,
    /// Status before; none at submission.
    pub from_status: Option<String>,
    /// Status after.
    pub to_status: String,
    /// Internal step after.
    pub step: Option<String>,
    /// Subject of the person.
    pub actor: String,
    /// Name of an officer, of the office or of a machine; empty for anybody else.
    pub actor_name: String,
    /// Title of the person at the unit.
    pub actor_title: String,
    /// Reason or note, sealed.
    pub note_sealed: Option<String>,
    /// When.
    pub at: DateTimeUtc,
    /// `traceparent` of the request.
    pub trace: Option<String>,
    /// Name of anybody else, sealed.
    pub actor_name_sealed: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

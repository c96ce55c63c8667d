//! Minutes that postman and officer signed over the papers they counted (biên bản giao nhận).

use sea_orm::entity::prelude::*;

/// A row of `handover_minutes`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handover_minutes")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// The carriage, where one was ordered.
    pub shipment_id: Option<Uuid>,
    /// `collection` when the papers came in, `return` when the result went out.
    pub leg: String,
    /// Name of the postman.
    pub postman: String,
    /// Name of the officer.
    pub officer: String,
    /// Subject of the officer.
    pub officer_subject: String,
    /// JSON list of `shipments::minutes::Counted`.
    pub papers: String,
    /// Signed by both.
    pub signed_at: DateTimeUtc,
    /// Written down here.
    pub recorded_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

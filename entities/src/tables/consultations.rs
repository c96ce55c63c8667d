//! One question to another unit, with its own day and answer (lấy ý kiến).

use sea_orm::entity::prelude::*;

/// A row of `consultations`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consultations")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier.
    pub dossier_id: Uuid,
    /// Unit that asks.
    pub asking_unit_id: Uuid,
    /// Unit that is asked.
    pub unit_id: Uuid,
    /// `open`, `answered`, or `closed` when the dossier ended first.
    pub state: String,
    /// The question, sealed.
    pub question_sealed: String,
    /// JSON list of keys of the papers that are shared.
    pub papers: String,
    /// Subject who asked.
    pub asked_by: String,
    /// Name of that person.
    pub asked_name: String,
    /// Asked.
    pub asked_at: DateTimeUtc,
    /// Last moment in time to answer.
    pub due_at: DateTimeUtc,
    /// The answer, sealed.
    pub answer_sealed: Option<String>,
    /// File that came with the answer.
    pub file_id: Option<Uuid>,
    /// Subject who answered.
    pub answered_by: Option<String>,
    /// Name of that person.
    pub answered_name: Option<String>,
    /// Answered; late when after `due_at`.
    pub answered_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

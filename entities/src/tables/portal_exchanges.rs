//! What was said to the national portal about a dossier, and what it answered; rows are only added.

use sea_orm::entity::prelude::*;

/// A row of `portal_exchanges`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_exchanges")]
pub struct Model {
    /// Key; its order is the order of writing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The dossier; none for a look-up of one that is not here.
    pub dossier_id: Option<Uuid>,
    /// Newest history entry it told of; none for a look-up.
    pub entry: Option<i32>,
    /// What was asked, in the wire's own name.
    pub service: String,
    /// Key of `pushes::ledger::Verdict`.
    pub verdict: String,
    /// Why it was not taken, in words.
    pub words: Option<String>,
    /// Asked.
    pub asked_at: DateTimeUtc,
    /// Answered, or given up.
    pub ended_at: DateTimeUtc,
    /// The request, secrets masked, sealed.
    pub request_sealed: String,
    /// The answer, secrets masked, sealed; none when none came.
    pub answer_sealed: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

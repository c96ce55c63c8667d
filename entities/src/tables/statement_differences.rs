//! One disagreement between our takings and a statement, until somebody settles it in words.

use sea_orm::entity::prelude::*;

/// A row of `statement_differences`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement_differences")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The statement; absent for a sum that the post or a platform told.
    pub statement_id: Option<Uuid>,
    /// Unit whose money it is, when known.
    pub unit_id: Option<Uuid>,
    /// `only_ours`, `only_theirs`, `different_amount` or `doubled`.
    pub kind: String,
    /// Our payment, when there is one.
    pub payment_id: Option<Uuid>,
    /// Its dossier.
    pub dossier_id: Option<Uuid>,
    /// Our reference, as far as it is told.
    pub reference: String,
    /// Number of the transaction, as far as it is told.
    pub transaction_id: String,
    /// Our sum in đồng.
    pub ours: Option<i64>,
    /// Their sum in đồng.
    pub theirs: Option<i64>,
    /// `open` or `settled`.
    pub state: String,
    /// What came of it, in words, sealed.
    pub words_sealed: Option<String>,
    /// Subject who settled it.
    pub settled_by: Option<String>,
    /// Name of that person.
    pub settled_name: Option<String>,
    /// Settled.
    pub settled_at: Option<DateTimeUtc>,
    /// Found.
    pub found_at: DateTimeUtc,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

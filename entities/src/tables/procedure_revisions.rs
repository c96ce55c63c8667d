//! What a procedure says from a date on; never changed once written.

use sea_orm::entity::prelude::*;

/// A row of `procedure_revisions`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "procedure_revisions")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The procedure.
    pub procedure_id: Uuid,
    /// 1, 2, 3 … within the procedure.
    pub number: i32,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force.
    pub valid_to: Option<Date>,
    /// SHA-256 of the content, hex.
    pub digest: String,
    /// JSON of `rules::procedure::Revision`.
    pub content: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The database that a paper was taken from instead of being asked for: which, when, and by which query (L-09).

use sea_orm::entity::prelude::*;

/// A row of `paper_sources`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "paper_sources")]
pub struct Model {
    /// The paper.
    #[sea_orm(primary_key, auto_increment = false)]
    pub paper_id: Uuid,
    /// Code of the database; `vneid` for what the person showed in VNeID.
    pub database_code: String,
    /// Key of the query there.
    pub query_id: String,
    /// When it was asked.
    pub taken_at: DateTimeUtc,
    /// Subject of the officer.
    pub by_subject: String,
    /// Name of the officer.
    pub by_name: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

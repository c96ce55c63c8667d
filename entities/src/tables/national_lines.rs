//! A line of a list of the national database: a procedure, an agency or a field.

use sea_orm::entity::prelude::*;

/// A row of `national_lines`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "national_lines")]
pub struct Model {
    /// `procedures`, `agencies` or `fields`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub list: String,
    /// Code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Name.
    pub name: String,
    /// Level of an agency as the portal writes it, sector of a field; empty for a procedure.
    pub detail: String,
    /// Last seen in the list.
    pub seen_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

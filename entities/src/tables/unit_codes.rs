//! Every organisation code a unit ever had, with its days (C-06, C-07).

use sea_orm::entity::prelude::*;

/// A row of `unit_codes`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_codes")]
pub struct Model {
    /// The unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: Uuid,
    /// The code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// First day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// `old` (QCVN 102:2016), `new` (QĐ 20/2020) or `other`.
    pub scheme: String,
    /// Document that gives the code; none where it came with the unit's own record.
    pub document: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The unit has the code on a day.
    pub fn lasts(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }
}

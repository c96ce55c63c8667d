//! An administrative unit or postal point, with validity dates and both code systems.

use sea_orm::entity::prelude::*;

/// A row of `units`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "units")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Organisation code of QĐ 20/2020 (C-02).
    pub code: String,
    /// Organisation code of QCVN 102:2016 (C-01).
    pub old_code: Option<String>,
    /// Vietnamese name.
    pub name: String,
    /// Name without accents, for search.
    pub name_folded: String,
    /// `province`, `district`, `commune` or `postal_point`.
    pub tier: String,
    /// Unit above; none for the province.
    pub parent_id: Option<Uuid>,
    /// Code of the administrative unit.
    pub place_code: Option<String>,
    /// JSON of `rules::office_hours::OfficeHours`.
    pub office_hours: String,
    /// Has a one-stop desk.
    pub receives: bool,
    /// Address and telephone of the desk, for receipts.
    pub contact: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

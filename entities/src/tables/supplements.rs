//! One round of asking for papers (DanhSachHoSoBoSung of the portal).

use sea_orm::entity::prelude::*;

/// A row of `supplements`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supplements")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// 1, 2, 3 … within the dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub round: i32,
    /// `intake` or `processing`.
    pub stage: String,
    /// What is asked and why, sealed.
    pub reason_sealed: String,
    /// JSON list of component codes.
    pub components: String,
    /// Why papers are asked for that the store holds, as a JSON list of `Despite`, sealed (L-09).
    pub despite_sealed: Option<String>,
    /// Name of the officer.
    pub requested_by: String,
    /// Asked.
    pub requested_at: DateTimeUtc,
    /// Due date before.
    pub due_before: Option<DateTimeUtc>,
    /// Name of the officer who took it in; none when the applicant handed it in.
    pub answered_by: Option<String>,
    /// Handed in.
    pub answered_at: Option<DateTimeUtc>,
    /// Due date after.
    pub due_after: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

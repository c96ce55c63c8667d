//! One stretch of work on a dossier, from being given to being given on (phiếu kiểm soát).

use sea_orm::entity::prelude::*;

/// A row of `handovers`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handovers")]
pub struct Model {
    /// The dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier_id: Uuid,
    /// 1, 2, 3 … within the dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i32,
    /// Key of the internal step; none at the desk before the first.
    pub step: Option<String>,
    /// Name of the step in the revision of the dossier.
    pub step_name: String,
    /// Unit that works.
    pub unit_id: Uuid,
    /// Subject of who gave it; none when it came from the applicant.
    pub giver: Option<String>,
    /// Name of who gave it.
    pub giver_name: Option<String>,
    /// Given.
    pub given_at: DateTimeUtc,
    /// Subject of who took it on.
    pub receiver: Option<String>,
    /// Name of who took it on.
    pub receiver_name: Option<String>,
    /// Taken on.
    pub received_at: Option<DateTimeUtc>,
    /// End of the time allotted.
    pub due_at: Option<DateTimeUtc>,
    /// Given on, or over; set once.
    pub ended_at: Option<DateTimeUtc>,
    /// `early`, `on_time` or `late`; set once.
    pub outcome: Option<String>,
    /// The word or reason it was given with, sealed.
    pub note_sealed: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A question that a citizen put at the national portal.

use sea_orm::entity::prelude::*;

/// A row of `questions`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "questions")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The portal's key.
    pub portal_key: String,
    /// Organisation code of the unit it is put to.
    pub unit_code: String,
    /// That unit, where the office knows the code.
    pub unit_id: Option<Uuid>,
    /// Code of the field, where named.
    pub field_code: Option<String>,
    /// National procedure code, where named.
    pub national_code: Option<String>,
    /// JSON of `questions::Asked`, sealed.
    pub asked_sealed: String,
    /// `open`, `answered` or `told`.
    pub state: String,
    /// First read from the portal.
    pub received_at: DateTimeUtc,
    /// Last local day to answer: 15 working days (QĐ 766/QĐ-TTg).
    pub due_on: Date,
    /// The answer.
    pub answer: Option<String>,
    /// Subject who answered.
    pub answered_by: Option<String>,
    /// Name of that person.
    pub answered_name: Option<String>,
    /// Title of that person.
    pub answered_title: Option<String>,
    /// Answered.
    pub answered_at: Option<DateTimeUtc>,
    /// The portal has taken the answer.
    pub told_at: Option<DateTimeUtc>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

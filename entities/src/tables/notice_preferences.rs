//! What a person wishes about notices.

use sea_orm::entity::prelude::*;

/// A row of `notice_preferences`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_preferences")]
pub struct Model {
    /// `id:` and the blind index of a vouched id, or a subject.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: String,
    /// JSON list of channels, best first.
    pub channels: String,
    /// `vi` or `en`; none for both.
    pub language: Option<String>,
    /// Telephones stay quiet at night.
    pub quiet_hours: bool,
    /// Reminders that the law does not ask for come.
    pub reminders: bool,
    /// Row version; the ETag.
    pub row_version: i32,
    /// Last changed.
    pub updated_at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A version of the words of an event in one language for one channel.

use sea_orm::entity::prelude::*;

/// A row of `notice_templates`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_templates")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Key of the event.
    pub event: String,
    /// `vi` or `en`.
    pub language: String,
    /// Key of the channel.
    pub channel: String,
    /// 1, 2, 3 … for event, language and channel; 0 is what the program ships.
    pub version: i32,
    /// `draft` or `adopted`.
    pub state: String,
    /// JSON of the words.
    pub wording: String,
    /// Row version; the ETag.
    pub row_version: i32,
    /// Begun.
    pub created_at: DateTimeUtc,
    /// Subject who began it.
    pub created_by: String,
    /// Name of that person.
    pub created_name: String,
    /// From when it is in force.
    pub in_force_from: Option<DateTimeUtc>,
    /// Adopted.
    pub adopted_at: Option<DateTimeUtc>,
    /// Subject who adopted it.
    pub adopted_by: Option<String>,
    /// Name of that person.
    pub adopted_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A time in which the office is away, as it was announced (L-17).

use sea_orm::entity::prelude::*;

/// A row of `downtimes`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "downtimes")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// It begins.
    pub from_at: DateTimeUtc,
    /// It ends.
    pub until_at: DateTimeUtc,
    /// Why, for the public.
    pub reason: String,
    /// Nobody planned it: an accident or a disaster.
    pub unplanned: bool,
    /// When it was announced.
    pub announced_at: DateTimeUtc,
    /// Subject of the administrator who announced it.
    pub announced_by: String,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

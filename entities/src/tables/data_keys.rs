//! A key of the ring, wrapped by a master; never readable here.

use sea_orm::entity::prelude::*;

/// A row of `data_keys`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_keys")]
pub struct Model {
    /// Eight hex digits, named in every text and file that the key sealed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// `values`, `files` or `index`.
    pub purpose: String,
    /// Place among the keys of its purpose; 0 for the one that was derived from the first master.
    pub number: i32,
    /// The key, wrapped by a master for this row.
    pub wrapped: String,
    /// Id of that master.
    pub master: String,
    /// Made.
    pub created_at: DateTimeUtc,
    /// Seals what is new from here on: by then every process has read it.
    pub seals_from: DateTimeUtc,
    /// Seals nothing new from here on; it goes on opening.
    pub retired_at: Option<DateTimeUtc>,
}

/// No joins: the ring is read whole.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

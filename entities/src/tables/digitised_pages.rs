//! One page of a paper: its picture and what was read on it.

use sea_orm::entity::prelude::*;

/// A row of `digitised_pages`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digitised_pages")]
pub struct Model {
    /// The item.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digitisation_id: Uuid,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub page: i32,
    /// The upright picture in the file store.
    pub picture_sha256: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Dots per inch.
    pub dpi: i32,
    /// Degrees it was turned clockwise: 0, 90, 180 or 270.
    pub turned: i32,
    /// `PageText` as JSON, sealed; none until it is read.
    pub text_sealed: Option<String>,
    /// How sure the reader is, 0 to 100.
    pub confidence: Option<i32>,
    /// Milliseconds of processor for the page.
    pub millis: i64,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

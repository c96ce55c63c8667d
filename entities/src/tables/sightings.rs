//! What a carrier said of a shipment, every time it said something.

use sea_orm::entity::prelude::*;

/// A row of `sightings`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sightings")]
pub struct Model {
    /// The shipment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipment_id: Uuid,
    /// The carrier's key of the event; later ones sort behind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    /// Mapped state.
    pub state: String,
    /// Code as the carrier said it.
    pub raw_code: String,
    /// Words of the carrier; sealed.
    pub raw_message_sealed: String,
    /// Heard.
    pub at: DateTimeUtc,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What a carrier said of a shipment and the office could not take, until a person settles it.

use sea_orm::entity::prelude::*;

/// A row of `refused_sightings`.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refused_sightings")]
pub struct Model {
    /// Key; its order is the order of refusing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The shipment.
    pub shipment_id: Uuid,
    /// The carrier's key of the event.
    pub event_id: String,
    /// The dossier of the shipment.
    pub dossier_id: Uuid,
    /// The unit whose desk received it.
    pub unit_id: Uuid,
    /// Postal point whose clerks carry it.
    pub point_id: Option<Uuid>,
    /// Connector key of the carrier.
    pub carrier: String,
    /// Mapped state.
    pub state: String,
    /// Code as the carrier said it.
    pub raw_code: String,
    /// Words of the carrier; sealed.
    pub raw_message_sealed: String,
    /// Stable code of why it was refused.
    pub code: String,
    /// Why, in the office's own words, Vietnamese and English.
    pub why: String,
    /// Refused.
    pub refused_at: DateTimeUtc,
    /// It was taken after all.
    pub taken: bool,
    /// What came of it, in words; sealed.
    pub words_sealed: Option<String>,
    /// Subject who settled it.
    pub settled_by: Option<String>,
    /// Name of that person.
    pub settled_name: Option<String>,
    /// Settled.
    pub settled_at: Option<DateTimeUtc>,
    /// Row version; the ETag.
    pub version: i32,
}

/// No joins: rows are read by key.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

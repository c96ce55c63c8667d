//! Carriage by post: ordered once a leg, followed by the carrier's own words, and its delivery ends the dossier.

pub mod cancelling;
pub mod carriers;
pub mod collecting;
pub mod coming_back;
pub mod minutes;
mod opening;
pub mod ordering;
pub mod points;
pub mod proving;
pub mod refused_events;
pub mod refusing;
pub mod sighting;
pub mod words;

pub(crate) use opening::{NewShipment, job, opened};

use crate::dossiers::{Door, is_mine};
use crate::error::Error;
use crate::tables::shipments::{Column, Entity, Model};
use crate::tables::{dossiers, marks, sightings};
use chrono::{DateTime, Utc};
use rules::actor::Role;
use rules::refusal::{Block, Refusal};
use rules::status::Status;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A shipment by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("shipment"))
}

/// A shipment by key, held by this transaction until it ends.
pub async fn locked<C: ConnectionTrait>(tx: &C, id: Uuid) -> Result<Model, Error> {
    let found = Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("shipment"))
}

/// The carriage of a dossier, oldest first.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// What the carrier said of a shipment, oldest first.
pub async fn sightings<C: ConnectionTrait>(db: &C, shipment: Uuid) -> Result<Vec<sightings::Model>, Error> {
    let rows = sightings::Entity::find().filter(sightings::Column::ShipmentId.eq(shipment));
    Ok(rows.order_by_asc(sightings::Column::EventId).all(db).await?)
}

/// What the carriers said of several shipments, in one query: those of each oldest first.
pub async fn sightings_of<C: ConnectionTrait>(
    db: &C,
    shipments: &[Model],
) -> Result<HashMap<Uuid, Vec<sightings::Model>>, Error> {
    use sightings::Column;
    let mut found: HashMap<Uuid, Vec<sightings::Model>> = HashMap::new();
    if shipments.is_empty() {
        return Ok(found);
    }
    let rows = sightings::Entity::find()
        .filter(Column::ShipmentId.is_in(shipments.iter().map(|row| row.id)))
        .order_by_asc(Column::ShipmentId)
        .order_by_asc(Column::EventId);
    for seen in rows.all(db).await? {
        found.entry(seen.shipment_id).or_default().push(seen);
    }
    Ok(found)
}

impl Door<'_> {
    /// The dossier whose post this person may speak of: their own, or one of the desk they sit at.
    ///
    /// Held by this transaction. To others it does not exist.
    pub(crate) async fn postal(&self, dossier: Uuid) -> Result<dossiers::Model, Error> {
        let found = dossiers::Entity::find_by_id(dossier).lock_exclusive().one(self.tx).await?;
        let found = found.ok_or(Error::NotFound("dossier"))?;
        if is_mine(&found, self.by, self.sealer) || self.sits_at_desk_of(&found) {
            return Ok(found);
        }
        Err(Error::NotFound("dossier"))
    }

    /// This person receives and hands over for the unit of the dossier.
    pub(crate) fn sits_at_desk_of(&self, dossier: &dossiers::Model) -> bool {
        self.by.is_at(Role::DeskOfficer, dossier.unit_id)
    }
}

/// A refusal of something done to a shipment, in words.
pub(crate) fn refused(
    act: &'static str,
    dossier: &dossiers::Model,
    (code, vi, en): (&'static str, &str, &str),
    legal_basis: Option<&'static str>,
) -> Error {
    let block = Block { code, vi: vi.into(), en: en.into(), legal_basis };
    let status = Status::from_key(&dossier.status);
    Refusal { act, status, blocked_by: vec![block], allowed: Vec::new() }.into()
}

/// The post is bringing the result of a dossier, or is about to; not one that came back or was never taken.
pub async fn brought<C: ConnectionTrait>(db: &C, dossier: &dossiers::Model) -> Result<bool, Error> {
    if dossier.status != Status::Decided.key() || dossier.return_method != "post" {
        return Ok(false);
    }
    let rows = Entity::find().filter(Column::DossierId.eq(dossier.id)).filter(Column::Leg.eq("return"));
    Ok(rows.filter(Column::ClosedAt.is_null()).one(db).await?.is_some())
}

/// How far a reading went; none at the first time.
pub async fn mark<C: ConnectionTrait>(db: &C, name: &str) -> Result<Option<String>, Error> {
    Ok(marks::Entity::find_by_id(name).one(db).await?.map(|mark| mark.value))
}

/// Remembers how far a reading went.
pub async fn set_mark<C: ConnectionTrait>(
    tx: &C,
    name: &str,
    value: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = marks::Model { name: name.into(), value: value.into(), number: None, updated_at: at };
    let again = OnConflict::column(marks::Column::Name)
        .update_columns([marks::Column::Value, marks::Column::UpdatedAt])
        .to_owned();
    marks::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

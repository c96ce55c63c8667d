//! Carriers' own words, which may name persons: sealed for the row they stand in.

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::{shipments, sightings};
use uuid::Uuid;

/// Most characters that are kept.
const LONGEST: usize = 400;

/// What was last said of a shipment, opened; none where nothing was.
pub fn of_shipment(sealer: &Sealer, row: &shipments::Model) -> Result<Option<String>, Error> {
    let sealed = row.raw_message_sealed.as_deref();
    sealed.map(|sealed| sealer.open(&shipment(row.id), sealed)).transpose()
}

/// What was said at an event, opened.
pub fn of_sighting(sealer: &Sealer, row: &sightings::Model) -> Result<String, Error> {
    sealer.open(&event(row.shipment_id, &row.event_id), &row.raw_message_sealed)
}

/// Words of a shipment, sealed.
pub(super) fn for_shipment(sealer: &Sealer, id: Uuid, words: &str) -> Result<Option<String>, Error> {
    sealer.seal(&shipment(id), &kept(words)).map(Some)
}

/// Words of an event of a shipment, sealed.
pub(super) fn for_event(sealer: &Sealer, id: Uuid, (event_id, words): (&str, &str)) -> Result<String, Error> {
    sealer.seal(&event(id, event_id), &kept(words))
}

fn kept(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}

fn shipment(id: Uuid) -> String {
    format!("carrier_words:{id}")
}

/// The same for an event that was refused: it opens where the event is taken later.
pub(super) fn event(shipment: Uuid, event_id: &str) -> String {
    format!("sighting:{shipment}:{event_id}")
}

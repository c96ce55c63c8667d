//! A new carriage: its row, and the job that orders it.

use crate::dossiers::Door;
use crate::tables::dossiers;
use crate::tables::shipments::Model;
use rules::jobs::Job;
use uuid::Uuid;

/// What a new carriage is.
pub(crate) struct NewShipment {
    /// `return` or `collection`.
    pub(crate) leg: &'static str,
    /// Number of the order; carriers take each number once.
    pub(crate) order_number: String,
    /// JSON list of what is to be fetched, where the dossier does not tell it.
    pub(crate) contents: Option<String>,
}

/// The row of a new carriage; which carrier takes it is seen when it is ordered.
pub(crate) fn opened(door: &Door<'_>, dossier: &dossiers::Model, new: NewShipment) -> Model {
    Model {
        id: Uuid::now_v7(),
        dossier_id: dossier.id,
        leg: new.leg.into(),
        order_number: new.order_number,
        contents: new.contents,
        state: "created".into(),
        created_at: door.at,
        version: 1,
        // Nothing has happened to it yet.
        ..Model::default()
    }
}

/// The job that orders a carriage.
pub(crate) fn job(shipment: &Model) -> Job {
    Job::OrderDelivery { shipment: shipment.id }
}

//! Before and after the carrier is asked: who carries it, under which waybill, and what came of it.

use super::{carriers, locked};
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::shipments::Model;
use chrono::{DateTime, NaiveDate, Utc};
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, IntoActiveModel, Set};
use uuid::Uuid;

/// What is to be done with a carriage that waits to be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: it is ordered, or was dropped before anybody was asked.
    Nothing,
    /// It was dropped after a carrier was asked, which may have taken it.
    CallOff(Model),
    /// Ask its carrier.
    Ask(Model),
}

/// What a carrier took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its remark.
    pub remark: Option<String>,
    /// Its own number of the order.
    pub carrier_number: Option<String>,
    /// Sum the postman was told to collect, in đồng.
    pub cod_amount: i64,
    /// Day it is promised for.
    pub expected_on: Option<NaiveDate>,
}

/// Settles who carries it and notes, before anybody is asked, that somebody is being asked.
///
/// The carrier is the unit's own, else the first of `set_up`. A carrier that gives out waybills beforehand and has none
/// left fails as an invalid order, in words.
pub async fn begin(
    tx: &DatabaseTransaction,
    id: Uuid,
    set_up: &[String],
    at: DateTime<Utc>,
) -> Result<Begun, Error> {
    let mut shipment = locked(tx, id).await?;
    if shipment.ordered_at.is_some() {
        return Ok(Begun::Nothing);
    }
    if shipment.state == "cancelled" {
        let asked = shipment.asked_at.is_some();
        return Ok(if asked { Begun::CallOff(shipment) } else { Begun::Nothing });
    }
    if shipment.carrier.is_empty() {
        let usual = carriers::of_dossiers_unit(tx, shipment.dossier_id).await?;
        shipment.point_id = usual.point;
        shipment.carrier = usual.carrier.or_else(|| set_up.first().cloned()).unwrap_or_default();
    }
    if shipment.item_code.is_none() {
        shipment.item_code = carriers::take_waybill(tx, &shipment.carrier, id).await?;
    }
    shipment.asked_at = shipment.asked_at.or(Some(at));
    shipment.in_flight = true;
    shipment.clone().into_active_model().reset_all().update(tx).await?;
    Ok(Begun::Ask(shipment))
}

/// The carrier has taken the order. One that was dropped meanwhile is called off at the carrier.
pub async fn ordered<C: ConnectionTrait>(
    tx: &C,
    id: Uuid,
    taken: Taken,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let shipment = locked(tx, id).await?;
    if shipment.ordered_at.is_some() {
        return Ok(());
    }
    let dropped = shipment.state == "cancelled";
    let dossier = shipment.dossier_id;
    let version = shipment.version;
    let mut row = shipment.into_active_model();
    if !dropped {
        row.state = Set("awaiting_collection".into());
    }
    row.raw_message = Set(taken.remark.map(|words| words.chars().take(400).collect()));
    row.carrier_number = Set(taken.carrier_number.map(|number| number.chars().take(60).collect()));
    row.cod_amount = Set(taken.cod_amount);
    row.expected_on = Set(taken.expected_on);
    row.ordered_at = Set(Some(at));
    row.in_flight = Set(false);
    row.version = Set(version + 1);
    row.update(tx).await?;
    if dropped {
        call_off(tx, (id, dossier), at).await?;
    }
    Ok(())
}

/// The carrier did not take it, as far as is known.
pub async fn not_ordered<C: ConnectionTrait>(tx: &C, id: Uuid) -> Result<(), Error> {
    let mut row = locked(tx, id).await?.into_active_model();
    row.in_flight = Set(false);
    row.update(tx).await?;
    Ok(())
}

/// Writes the job that calls an order off at its carrier, once.
pub(super) async fn call_off<C: ConnectionTrait>(
    tx: &C,
    (shipment, dossier): (Uuid, Uuid),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let job = NewJob {
        dossier: Some(dossier),
        cause: Some(format!("shipment:{shipment}")),
        ..NewJob::new(Job::CancelShipment { shipment }, at)
    };
    if let Some(rows) = jobs::insert(vec![job], at)? {
        tx.execute(&rows).await?;
    }
    Ok(())
}

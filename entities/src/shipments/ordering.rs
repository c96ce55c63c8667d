//! Before and after the carrier is asked: who carries it, under which waybill, and what came of it.

use super::carriers::{self, Waybill};
use super::{locked, words};
use crate::dossiers::reading;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::sealing::Sealer;
use crate::tables::shipments::Model;
use crate::warnings::rows::watch;
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
    /// This carrier gives out waybills beforehand, and none is left: the order waits for more.
    NoWaybill(String),
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
/// The carrier is the unit's own, else the first of `set_up`. An order that nobody took is begun anew, unless another
/// carriage has taken its place.
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
    if shipment.state == NOT_ORDERED {
        if !["return", "collection"].contains(&shipment.leg.as_str()) {
            return Ok(Begun::Nothing);
        }
        shipment.state = "created".into();
        shipment.closed_at = None;
        shipment.version += 1;
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
        match carriers::take_waybill(tx, &shipment.carrier, id).await? {
            Waybill::NotGiven => {}
            Waybill::Taken(code) => shipment.item_code = Some(code),
            Waybill::NoneLeft => return Ok(Begun::NoWaybill(shipment.carrier)),
        }
    }
    shipment.cod_amount = to_collect(tx, &shipment).await?;
    shipment.asked_at = shipment.asked_at.or(Some(at));
    shipment.in_flight = true;
    shipment.clone().into_active_model().reset_all().update(tx).await?;
    Ok(Begun::Ask(shipment))
}

/// The postman collects what is still owed when the result is handed over; kept before the carrier hears of it, as it
/// may take the order without our learning so.
async fn to_collect(tx: &DatabaseTransaction, shipment: &Model) -> Result<i64, Error> {
    if shipment.leg != "return" {
        return Ok(0);
    }
    let dossier = reading::by_id(tx, shipment.dossier_id).await?;
    Ok(if dossier.fee_state == "owed" { dossier.fee_total } else { 0 })
}

/// The carrier has taken the order. One that was dropped meanwhile is called off at the carrier.
pub async fn ordered<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
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
    let (version, state) = (shipment.version, shipment.state.clone());
    let mut row = shipment.into_active_model();
    // What happened to it before its order was recorded stands: the desk may have handed it over meanwhile.
    if ["created", "cancelling"].contains(&state.as_str()) {
        row.state = Set("awaiting_collection".into());
    }
    let remark = taken.remark.as_deref().map(|said| words::for_shipment(sealer, id, said)).transpose()?;
    row.raw_message_sealed = Set(remark.flatten());
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

/// No carrier will take it, for a reason in words, which are sealed: it is closed, and who waits for it is warned (TT 17/2017 Đ5.2).
///
/// One that was called off or handed over meanwhile is left as it is.
pub async fn given_up<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    (id, said): (Uuid, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let mut row = locked(tx, id).await?;
    row.in_flight = false;
    if row.state == "created" {
        row.state = NOT_ORDERED.into();
        row.raw_message_sealed = words::for_shipment(sealer, id, said)?;
        row.closed_at = Some(at);
        row.version += 1;
        watch(tx, row.dossier_id, at).await?;
    }
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// No carrier took it.
const NOT_ORDERED: &str = "not_ordered";

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

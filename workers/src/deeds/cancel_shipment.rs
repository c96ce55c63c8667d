//! Calls an order off at its carrier; one that the carrier never had is called off all the same.

use super::ended::{Ended, Trouble, told};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::post::{CalledOff, OrderNumber};
use connectors::trip::Trip;
use entities::shipments::{by_id, cancelling};
use entities::tables::shipments::Model;
use uuid::Uuid;

/// Does one attempt. When the carrier says no, the parcel is carried on, the job ends with its code and its words are sealed.
pub(super) async fn run(hands: &Hands, shipment: Uuid, attempt: &Attempt) -> Ended {
    let row = by_id(hands.database.reader(), shipment).await?;
    if row.closed_at.is_some() && row.ordered_at.is_none() {
        return Ok(());
    }
    call_off(hands, &row, attempt).await
}

/// Tells the carrier and writes down what came of it.
pub(super) async fn call_off(hands: &Hands, row: &Model, attempt: &Attempt) -> Ended {
    let number = OrderNumber { ours: row.order_number.clone(), theirs: row.carrier_number.clone() };
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let said = hands.wires.carrier(&row.carrier)?.cancel(&trip, &number).await;
    let never_there = row.ordered_at.is_none() && matches!(said, Ok(CalledOff::Refused { .. }));
    let tx = hands.database.begin().await?;
    match &said {
        Ok(CalledOff::Done) => cancelling::called_off(&tx, row.id, hands.clock.now()).await?,
        Ok(_) if never_there => cancelling::called_off(&tx, row.id, hands.clock.now()).await?,
        Ok(CalledOff::Refused { reason, said }) | Err(Failure::Fail { reason, said }) => {
            cancelling::carried_on(&tx, &hands.sealer, (row.id, &told(reason, said))).await?
        }
        Err(_) => {}
    }
    tx.commit().await?;
    match said? {
        CalledOff::Refused { reason, .. } if !never_there => Err(Trouble::fail(reason)),
        _ => Ok(()),
    }
}

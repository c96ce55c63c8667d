//! Has the platform send an approved refund back; the same key in every attempt, so it goes once (F-06).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::payment::{RefundOrder, reference};
use connectors::trip::Trip;
use entities::dossiers::Door;
use entities::refunds::sending::by_id;
use entities::{payments, refunds};
use rules::actor::Actor;
use uuid::Uuid;

/// Does one attempt. What the platform understands and refuses is left to be paid out by hand.
pub(super) async fn run(hands: &Hands, refund: Uuid, attempt: &Attempt) -> Ended {
    let db = hands.database.reader();
    let row = by_id(db, refund).await?;
    let Some(key) = row.via.as_deref().filter(|_| row.state == "approved") else {
        return Ok(());
    };
    let payment = payments::by_id(db, row.payment_id).await?;
    let platform = hands.wires.platform(key)?;
    let (reason, _, _) = refunds::reading::words(&hands.sealer, &row)?;
    let order = RefundOrder {
        key: reference(row.id),
        reference: payment.reference,
        transaction_id: payment.transaction_id.unwrap_or_default(),
        amount: row.amount,
        reason,
    };
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    match platform.refund(&trip, &order).await {
        Ok(taken) => keep(hands, refund, Ok(&taken.refund_id)).await,
        Err(failure) if failure.is_retry() => Err(failure.into()),
        Err(failure) => {
            keep(hands, refund, Err(failure.reason())).await?;
            Err(Trouble::fail(failure.reason()))
        }
    }
}

async fn keep(hands: &Hands, refund: Uuid, told: Result<&str, &str>) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: None,
    };
    door.refund_sent(refund, told).await?;
    tx.commit().await?;
    Ok(())
}

//! Reads the carrier's tracking list from where the last reading ended (wire.md §3.2).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::post::TrackingEvent;
use connectors::trip::Trip;
use entities::Error;
use entities::columns::key_of;
use entities::dossiers::Door;
use entities::shipments::{self, Sighting};
use entities::tables::shipments::{Column, Entity};
use rules::actor::Actor;
use rules::jobs::Queue;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use std::time::Duration;

/// How far the list was read without a gap.
const CURSOR: &str = "vnpost_hcc";

/// Reads all pages. An event that the door refuses does not hold up the others; the cursor waits before it, and
/// the job ends in words, so that a person sees it and the next reading tries it again.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let mut cursor = shipments::mark(hands.database.reader(), CURSOR).await?;
    let mut refused = BTreeMap::new();
    loop {
        let page = hands.wires.carrier(CURSOR)?.track(&trip, cursor.as_deref()).await.map_err(soon)?;
        for event in &page.events {
            read(hands, attempt, event, &mut refused).await?;
        }
        let moved = page.next_cursor != cursor;
        cursor = page.next_cursor;
        if !page.more || !moved {
            return ended(&refused);
        }
    }
}

/// The usual growing delay would hold up the next readings for hours.
fn soon(failure: Failure) -> Failure {
    match failure {
        Failure::Retry { after: None, reason } => Failure::Retry { after: Some(AGAIN), reason },
        other => other,
    }
}

/// Between two attempts to reach the carrier.
const AGAIN: Duration = Duration::from_secs(600);

/// Orders with an event that was refused in this reading, and why.
type Refused = BTreeMap<String, String>;

/// Later events of an order wait behind its refused one, so that they stay in their order.
async fn read(hands: &Hands, attempt: &Attempt, event: &TrackingEvent, refused: &mut Refused) -> Ended {
    if refused.contains_key(&event.order_number) {
        return Ok(());
    }
    match take(hands, attempt, event, refused.is_empty()).await {
        Err(trouble) if !trouble.is_retry() => {
            let reason = trouble.reason();
            tracing::warn!(event = event.event_id, reason, "a tracking event is not taken");
            refused.insert(event.order_number.clone(), format!("{}: {reason}", event.event_id));
            Ok(())
        }
        other => other,
    }
}

fn ended(refused: &Refused) -> Ended {
    let Some(first) = refused.values().next() else {
        return Ok(());
    };
    let number = refused.len();
    Err(Trouble::fail(format!(
        "{number} đơn bưu điện chưa ghi được / orders whose events are not taken; {first}"
    )))
}

/// One event in a transaction of its own; `gapless` moves the cursor to it.
async fn take(hands: &Hands, attempt: &Attempt, event: &TrackingEvent, gapless: bool) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let at = hands.clock.now();
    let mut changed = false;
    if let Some(seen) = unseen(&tx, event).await? {
        let door = Door {
            tx: &tx,
            catalogue: &hands.catalogue,
            sealer: &hands.sealer,
            by: &office,
            at,
            trace: attempt.traceparent.as_deref(),
        };
        let line = Sighting {
            order_number: &event.order_number,
            state: &key_of(&event.state)?,
            raw_code: &event.raw_code,
            raw_message: &event.raw_message,
        };
        door.sighted(&line).await?;
        shipments::set_mark(&tx, &seen, &event.event_id, at).await?;
        changed = true;
    }
    if gapless {
        shipments::set_mark(&tx, CURSOR, &event.event_id, at).await?;
    }
    tx.commit().await?;
    if changed {
        hands.wake.ring_all(Queue::ALL);
    }
    Ok(())
}

/// The name of the shipment's own mark, when the event is about one of ours and newer than that mark.
///
/// Behind a refused event the list is read again and again; a failed delivery must not count each time.
async fn unseen(tx: &DatabaseTransaction, event: &TrackingEvent) -> Result<Option<String>, Error> {
    let ours = Entity::find().filter(Column::OrderNumber.eq(&event.order_number)).lock_exclusive();
    let Some(shipment) = ours.one(tx).await? else {
        return Ok(None);
    };
    let name = format!("{CURSOR}:{}", shipment.id);
    let last = shipments::mark(tx, &name).await?;
    Ok(last.is_none_or(|last| last < event.event_id).then_some(name))
}

//! Reads the carrier's tracking list from where the last reading ended (wire.md §3.2).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
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

/// How far the list was read without a gap.
const CURSOR: &str = "vnpost_hcc";

/// Reads all pages. An event that the door refuses does not hold up the others; the cursor waits before it, and
/// the job ends in words, so that a person sees it and the next reading tries it again.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let mut cursor = shipments::mark(hands.database.reader(), CURSOR).await?;
    let mut refused = Vec::new();
    loop {
        let page = hands.carrier.track(&trip, cursor.as_deref()).await?;
        for event in &page.events {
            match take(hands, attempt, event, refused.is_empty()).await {
                Ok(()) => {}
                Err(trouble) if trouble.is_retry() => return Err(trouble),
                Err(trouble) => {
                    tracing::warn!(
                        event = event.event_id,
                        reason = trouble.reason(),
                        "a tracking event is not taken"
                    );
                    refused.push(format!("{}: {}", event.event_id, trouble.reason()));
                }
            }
        }
        let moved = page.next_cursor != cursor;
        cursor = page.next_cursor;
        if !page.more || !moved {
            return ended(&refused);
        }
    }
}

fn ended(refused: &[String]) -> Ended {
    let Some(first) = refused.first() else {
        return Ok(());
    };
    let number = refused.len();
    Err(Trouble::fail(format!("{number} tin bưu điện chưa ghi được / tracking events not taken; {first}")))
}

/// One event in a transaction of its own; `gapless` moves the cursor to it.
async fn take(hands: &Hands, attempt: &Attempt, event: &TrackingEvent, gapless: bool) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let at = hands.clock.now();
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
    }
    if gapless {
        shipments::set_mark(&tx, CURSOR, &event.event_id, at).await?;
    }
    tx.commit().await?;
    hands.wake.ring_all(Queue::ALL);
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

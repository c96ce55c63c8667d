//! Reads a carrier's tracking list from where the last reading ended (wire.md §3.2).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::post::TrackingEvent;
use connectors::trip::Trip;
use entities::columns::key_of;
use entities::dossiers::Door;
use entities::jobs::{self, NewJob};
use entities::shipments::{self, sighting::Sighting};
use rules::actor::Actor;
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;
use std::time::Duration;

/// Reads the list of one carrier, or writes a job for each where there are several: one that is down holds up no other.
pub(super) async fn run(hands: &Hands, carrier: Option<&str>, attempt: &Attempt) -> Ended {
    let set_up: Vec<&String> = hands.wires.carriers.keys().collect();
    match (carrier, set_up.as_slice()) {
        (Some(carrier), _) => follow(hands, carrier, attempt).await,
        (None, [only]) => follow(hands, only, attempt).await,
        (None, several) => each(hands, several, attempt).await,
    }
}

async fn each(hands: &Hands, carriers: &[&String], attempt: &Attempt) -> Ended {
    let jobs = carriers.iter().map(|carrier| NewJob {
        unique_key: Some(format!("track_post:{carrier}:{}", attempt.id)),
        cause: Some("schedule:track_post".into()),
        ..NewJob::new(Job::TrackPost { carrier: Some((*carrier).clone()) }, attempt.at)
    });
    let tx = hands.database.begin().await?;
    if let Some(rows) = jobs::insert(jobs.collect(), attempt.at)? {
        tx.execute(&rows).await?;
    }
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

/// Reads all pages. An event that the door refuses does not hold up the others; the cursor waits before it, and
/// the job ends in words, so that a person sees it and the next reading tries it again.
async fn follow(hands: &Hands, carrier: &str, attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let mut cursor = shipments::mark(hands.database.reader(), carrier).await?;
    let mut refused = BTreeMap::new();
    loop {
        let page = hands.wires.carrier(carrier)?.track(&trip, cursor.as_deref()).await.map_err(soon)?;
        for event in &page.events {
            read(hands, attempt, (carrier, event), &mut refused).await?;
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
        Failure::Retry { after: None, undone, reason } => {
            Failure::Retry { after: Some(AGAIN), undone, reason }
        }
        other => other,
    }
}

/// Between two attempts to reach the carrier.
const AGAIN: Duration = Duration::from_secs(600);

/// Orders with an event that was refused in this reading, and why.
type Refused = BTreeMap<String, String>;

/// Later events of an order wait behind its refused one, so that they stay in their order.
async fn read(
    hands: &Hands,
    attempt: &Attempt,
    (carrier, event): (&str, &TrackingEvent),
    refused: &mut Refused,
) -> Ended {
    if refused.contains_key(&event.order_number) {
        return Ok(());
    }
    match take(hands, attempt, (carrier, event), refused.is_empty()).await {
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
async fn take(
    hands: &Hands,
    attempt: &Attempt,
    (carrier, event): (&str, &TrackingEvent),
    gapless: bool,
) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let at = hands.clock.now();
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at,
        trace: attempt.traceparent.as_deref(),
    };
    let line = Sighting {
        carrier,
        event_id: &event.event_id,
        order_number: &event.order_number,
        state: &key_of(&event.state)?,
        raw_code: &event.raw_code,
        raw_message: &event.raw_message,
    };
    let changed = door.sighted(&line).await?;
    if gapless {
        shipments::set_mark(&tx, carrier, &event.event_id, at).await?;
    }
    tx.commit().await?;
    if changed {
        hands.wake.ring_all(Queue::ALL);
    }
    Ok(())
}

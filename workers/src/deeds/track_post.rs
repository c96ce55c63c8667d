//! Reads a carrier's tracking list from where the last reading ended (wire.md §3.2).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::post::TrackingEvent;
use connectors::trip::Trip;
use entities::Error;
use entities::columns::key_of;
use entities::dossiers::Door;
use entities::jobs::{self, NewJob};
use entities::shipments::{self, sighting::Sighting};
use rules::actor::Actor;
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;
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

/// A carrier whose last job is still open gets no other: that one reads all that is new.
async fn each(hands: &Hands, carriers: &[&String], attempt: &Attempt) -> Ended {
    let tx = hands.database.begin().await?;
    let mut rows = Vec::new();
    for carrier in carriers {
        let job = Job::TrackPost { carrier: Some((*carrier).clone()) };
        if jobs::waiting::is_open(&tx, &job).await? {
            continue;
        }
        rows.push(NewJob {
            unique_key: Some(format!("track_post:{carrier}:{}", attempt.id)),
            cause: Some("schedule:track_post".into()),
            ..NewJob::new(job, attempt.at)
        });
    }
    if let Some(rows) = jobs::insert(rows, attempt.at)? {
        tx.execute(&rows).await?;
    }
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

/// Reads all pages. The mark moves past every event; one that the office cannot take is put aside for a person, one that
/// another attempt may take holds the mark until then.
async fn follow(hands: &Hands, carrier: &str, attempt: &Attempt) -> Ended {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let mut cursor = shipments::mark(hands.database.reader(), carrier).await?;
    loop {
        let page = hands.wires.carrier(carrier)?.track(&trip, cursor.as_deref()).await.map_err(soon)?;
        for event in &page.events {
            read(hands, attempt, (carrier, event)).await?;
        }
        let moved = page.next_cursor != cursor;
        cursor = page.next_cursor;
        if !page.more || !moved {
            return Ok(());
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

/// One event, taken or put aside, with the mark moved to it in the same transaction.
async fn read(hands: &Hands, attempt: &Attempt, (carrier, event): (&str, &TrackingEvent)) -> Ended {
    let state = key_of(&event.state)?;
    let line = Sighting {
        carrier,
        event_id: &event.event_id,
        order_number: &event.order_number,
        state: &state,
        raw_code: &event.raw_code,
        raw_message: &event.raw_message,
    };
    let Err(why) = within(hands, attempt, &line, async |door| door.sighted(&line).await).await else {
        return Ok(());
    };
    let Some((code, _)) = why.for_good() else { return Err(why.into()) };
    tracing::warn!(event = event.event_id, code, "a tracking event is put aside");
    let aside = async |door: &Door<'_>| door.put_aside(&line, why).await.map(|()| false);
    Ok(within(hands, attempt, &line, aside).await?)
}

/// Does `effect` in a transaction of its own, and moves the mark.
async fn within<F>(hands: &Hands, attempt: &Attempt, line: &Sighting<'_>, effect: F) -> Result<(), Error>
where
    F: AsyncFnOnce(&Door<'_>) -> Result<bool, Error>,
{
    let tx = hands.database.begin().await?;
    let (office, at) = (Actor::office(), hands.clock.now());
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at,
        trace: attempt.traceparent.as_deref(),
    };
    let changed = effect(&door).await?;
    shipments::set_mark(&tx, line.carrier, line.event_id, at).await?;
    tx.commit().await?;
    if changed {
        hands.wake.ring_all(Queue::ALL);
    }
    Ok(())
}

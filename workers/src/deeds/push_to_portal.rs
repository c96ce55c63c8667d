//! Puts one history entry before the national portal: the whole record, then the progress line (wire.md §1.6, §1.7).
//!
//! Each step is kept as soon as the portal has taken it. A record sent again is an update; a progress line is sent
//! again only when the worker fell between the portal's answer and our note of it, word for word the same line.

use super::ended::{Ended, Trouble};
use super::past::Past;
use super::record;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::trip::Trip;
use entities::pushes::{self, Push, Texts};
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, dossier: Uuid, entry: i32, attempt: &Attempt) -> Ended {
    let key = (dossier, entry);
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let push = match pushes::find(hands.database.reader(), &hands.sealer, key).await? {
        Some(push) if push.is_whole() => return Ok(()),
        Some(push) => push,
        None => put(hands, &trip, key).await?,
    };
    tell(hands, &trip, key, push).await
}

/// The record, known there when another entry was taken; none when a later one was: only the line is missing then.
async fn put(hands: &Hands, trip: &Trip, key: (Uuid, i32)) -> Result<Push, Trouble> {
    if pushes::is_overtaken(hands.database.reader(), key).await? {
        let push = Push { sent: Texts::default(), answered: Texts::default() };
        keep(hands, key, &push).await?;
        return Ok(push);
    }
    let past = Past::at(hands, key.0, key.1).await?;
    let record = record::record(hands, &past, trip.at).await?;
    let known = pushes::is_known(hands.database.reader(), key).await?;
    let taken = hands.wires.portal()?.push(trip, &record, known).await?.exchange;
    let push = Push {
        sent: Texts { record: taken.raw_request, progress: None },
        answered: Texts { record: taken.raw_answer, progress: None },
    };
    keep(hands, key, &push).await?;
    Ok(push)
}

/// The progress line of the entry.
async fn tell(hands: &Hands, trip: &Trip, key: (Uuid, i32), mut push: Push) -> Ended {
    let past = Past::at(hands, key.0, key.1).await?;
    let line = record::progress(hands, &past)?;
    let taken = hands.wires.portal()?.progress(trip, &[line]).await.map_err(Failure::from)?;
    let taken = taken.into_iter().next();
    push.sent.progress = taken.as_ref().map(|exchange| exchange.raw_request.clone());
    push.answered.progress = Some(taken.map(|exchange| exchange.raw_answer).unwrap_or_default());
    keep(hands, key, &push).await
}

async fn keep(hands: &Hands, key: (Uuid, i32), push: &Push) -> Ended {
    let tx = hands.database.begin().await?;
    pushes::keep(&tx, &hands.sealer, key, push, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

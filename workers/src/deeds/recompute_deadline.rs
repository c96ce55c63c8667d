//! Counts the due date of one dossier anew, through the one door, with the reason and the person who decided.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::calendars::recomputing::find;
use entities::dossiers::Door;
use rules::actor::Actor;
use rules::jobs::Queue;
use uuid::Uuid;

/// Does one attempt. Done before, it finds that the dossier counts under the calendar already.
pub(super) async fn run(hands: &Hands, dossier: Uuid, recomputation: Uuid, attempt: &Attempt) -> Ended {
    let asked = find(hands.database.reader(), recomputation).await?;
    let office = Actor::office();
    let tx = hands.database.begin().await?;
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: attempt.traceparent.as_deref(),
    };
    let moved = door.recompute(dossier, &asked).await?;
    tx.commit().await?;
    if moved {
        hands.wake.ring_all(Queue::ALL);
    }
    Ok(())
}

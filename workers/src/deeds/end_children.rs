//! Takes back the children of a dossier that was withdrawn or stopped (L-31).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::dossiers::Door;
use rules::actor::Actor;
use rules::jobs::Queue;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, dossier: Uuid, entry: i32, attempt: &Attempt) -> Ended {
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: attempt.traceparent.as_deref(),
    };
    door.end_children(dossier, entry).await?;
    tx.commit().await?;
    hands.wake.ring_all(Queue::ALL);
    Ok(())
}

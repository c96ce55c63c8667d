//! Gives one warning, if it still holds: the history, those it is for, and the letter in one transaction.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::dossiers::Door;
use rules::actor::Actor;
use rules::jobs::Queue;
use rules::warnings::WarningKind;
use uuid::Uuid;

/// Does one attempt. What was given by an earlier one, or no longer holds, is done.
pub(super) async fn run(
    hands: &Hands,
    dossier: Uuid,
    (warning, occasion): (WarningKind, &str),
    attempt: &Attempt,
) -> Ended {
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
    let given = door.warn(dossier, warning, occasion).await?;
    tx.commit().await?;
    if given && warning.is_written_to_the_applicant() {
        hands.wake.ring(Queue::Quick);
    }
    Ok(())
}

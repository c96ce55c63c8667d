//! Looks at the dossiers whose time has come and writes a job for every warning that is due.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::warnings::sweeping::sweep;
use rules::jobs::Queue;

/// Does one attempt, some dossiers a transaction; the next attempt goes on where a cut off one ended.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let (at, trace) = (hands.clock.now(), attempt.traceparent.as_deref());
    let mut after = None;
    loop {
        let tx = hands.database.begin().await?;
        let swept = sweep(&tx, &hands.catalogue, (at, after), trace).await?;
        tx.commit().await?;
        if swept.found {
            hands.wake.ring(Queue::Quick);
        }
        if swept.after.is_none() {
            return Ok(());
        }
        after = swept.after;
    }
}

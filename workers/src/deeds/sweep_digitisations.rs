//! Looks at papers at which the machine should be at work and nothing has happened for long.

use super::ended::Ended;
use crate::hands::Hands;
use entities::digitisations::sweeping::sweep;
use rules::jobs::Queue;

/// Does one attempt, some papers a transaction.
pub(super) async fn run(hands: &Hands) -> Ended {
    loop {
        let tx = hands.database.begin().await?;
        let swept = sweep(&tx, hands.clock.now()).await?;
        tx.commit().await?;
        if swept.resumed > 0 {
            hands.wake.ring(Queue::Heavy);
        }
        if !swept.more {
            return Ok(());
        }
    }
}

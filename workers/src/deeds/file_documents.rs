//! Keeps the result and the papers of a dossier that is over for their owner (R-J4).

use super::ended::Ended;
use crate::deed::Outcome;
use crate::hands::Hands;
use entities::documents::completing::{Completed, complete};
use std::time::Duration;
use uuid::Uuid;

/// What it waits for, as the ledger names it.
const INSPECTION: &str = "inspection";

/// How long until it looks again.
const LOOK_AGAIN: Duration = Duration::from_secs(120);

/// Does one attempt.
pub(super) async fn run(hands: &Hands, dossier: Uuid) -> Ended {
    let tx = hands.database.begin().await?;
    let known = (&hands.catalogue, &hands.sealer);
    match complete(&tx, known, dossier, hands.clock.now()).await? {
        Completed::Filed => Ok(tx.commit().await?),
        Completed::Waits => {
            tx.commit().await?;
            let reason = "tệp đang được kiểm tra / a file is still being examined".into();
            Err(Outcome::Wait { party: INSPECTION.into(), after: LOOK_AGAIN, reason }.into())
        }
    }
}

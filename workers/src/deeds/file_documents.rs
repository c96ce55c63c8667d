//! Keeps the result and the papers of a dossier that is over for their owner (R-J4).

use super::ended::{Ended, Trouble};
use crate::hands::Hands;
use entities::documents::completing::{Completed, complete};
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, dossier: Uuid) -> Ended {
    let tx = hands.database.begin().await?;
    let known = (&hands.catalogue, &hands.sealer);
    match complete(&tx, known, dossier, hands.clock.now()).await? {
        Completed::Filed => Ok(tx.commit().await?),
        Completed::Waits => {
            tx.rollback().await?;
            Err(Trouble::retry("tệp đang được kiểm tra / a file is still being examined"))
        }
    }
}

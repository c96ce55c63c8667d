//! Erases what was kept of persons in dossiers whose term is over, one dossier a transaction; then the bytes of files.

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{DateTime, TimeDelta, Utc};
use entities::erasing::bytes::is_named;
use entities::erasing::erase::{bytes_gone, erase, with_bytes};
use entities::erasing::expired::expired;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use uuid::Uuid;

/// Dossiers a night at most; the others are found again the night after.
const A_NIGHT: usize = 2_000;
/// More than these are no damage but a database that does not work.
const SOME_DAMAGED: usize = 20;
/// Bytes that came in again so lately belong to an upload whose row may not be there yet.
const LATELY: TimeDelta = TimeDelta::days(1);

/// Does one attempt; one that was cut off is gone on with by the next.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let at = hands.clock.now();
    let left = remove_bytes(hands, at).await;
    let usual = hands.office.usual_retention_years;
    let found = expired(&hands.database, &hands.catalogue, usual, at).await?;
    let (mut damaged, mut done) = (Vec::new(), 0);
    for over in found {
        if done == A_NIGHT {
            break;
        }
        let tx = hands.database.begin().await?;
        match erase(&tx, &hands.sealer, over, (at, attempt.traceparent.as_deref())).await {
            Ok(erased) => {
                tx.commit().await?;
                done += usize::from(erased);
            }
            // One whose row is damaged does not keep the others.
            Err(error) if damaged.len() < SOME_DAMAGED => {
                tx.rollback().await?;
                tracing::error!(dossier = %over.0, %error, "a dossier whose term is over cannot be erased");
                damaged.push(error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    left?;
    remove_bytes(hands, at).await?;
    damaged.into_iter().next().map_or(Ok(()), |error| Err(error.into()))
}

/// Takes the files of erased dossiers out of the store; one that lies there since yesterday waits.
async fn remove_bytes(hands: &Hands, at: DateTime<Utc>) -> Ended {
    let (mut after, mut failed) = (Uuid::nil(), None);
    loop {
        let left = with_bytes(&hands.database, after).await?;
        let Some((last, _)) = left.last() else { break };
        after = *last;
        for (dossier, places) in &left {
            let mut all = true;
            for place in places {
                match remove(hands, place, at - LATELY).await {
                    Ok(gone) => all &= gone,
                    Err(trouble) => (all, failed) = (false, Some(trouble)),
                }
            }
            if all {
                bytes_gone(&hands.database, *dossier, at).await?;
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

/// Whether nobody needs the bytes removed any more: they are gone, or named again.
async fn remove(hands: &Hands, place: &str, before: DateTime<Utc>) -> Result<bool, Trouble> {
    if is_named(hands.database.writer(), place).await? {
        return Ok(true);
    }
    Ok(removed(hands.files.as_ref(), place, before).await?)
}

async fn removed(
    files: &dyn ObjectStore,
    place: &str,
    before: DateTime<Utc>,
) -> Result<bool, object_store::Error> {
    let place = Path::from(place);
    match files.head(&place).await {
        Ok(meta) if meta.last_modified > before => Ok(false),
        Ok(_) => match files.delete(&place).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(true),
            Err(error) => Err(error),
        },
        Err(object_store::Error::NotFound { .. }) => Ok(true),
        Err(error) => Err(error),
    }
}

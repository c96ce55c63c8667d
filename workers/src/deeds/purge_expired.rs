//! Removes what nobody will ask for again: kept answers, done jobs, ended sessions, uploads that never came to an end.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{DateTime, TimeDelta, Utc};
use entities::inbox::messages;
use entities::jobs::review;
use entities::sessions;
use entities::uploads;
use entities::{Error, payments, replays};
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use uuid::Uuid;

const KEPT_ANSWERS: TimeDelta = TimeDelta::days(7);
const DONE_JOBS: TimeDelta = TimeDelta::days(30);
const UPLOADS: TimeDelta = TimeDelta::days(2);
const STRANGERS: TimeDelta = TimeDelta::days(30);
/// Rows a statement removes at most, so that others get their turn at the database.
const SOME: u32 = 1_000;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, attempt: &Attempt) -> Ended {
    let at = attempt.at;
    replays::forget(hands.database.writer(), at - KEPT_ANSWERS).await?;
    purge_jobs(hands, at - DONE_JOBS).await?;
    purge_strangers(hands, at - STRANGERS).await?;
    purge_sessions(hands, at).await?;
    purge_uploads(hands, at - UPLOADS).await?;
    purge_parts(hands, at - UPLOADS).await
}

async fn purge_jobs(hands: &Hands, before: DateTime<Utc>) -> Result<(), Error> {
    while review::purge(hands.database.writer(), before, SOME).await? >= u64::from(SOME) {}
    Ok(())
}

/// What was sent by callers that could not prove to be the portal or a payment platform.
async fn purge_strangers(hands: &Hands, before: DateTime<Utc>) -> Result<(), Error> {
    while payments::forget(hands.database.writer(), before, u64::from(SOME)).await? >= u64::from(SOME) {}
    while messages::forget(hands.database.writer(), before, u64::from(SOME)).await? >= u64::from(SOME) {}
    Ok(())
}

/// Sessions of which no token can be good any more.
async fn purge_sessions(hands: &Hands, at: DateTime<Utc>) -> Result<(), Error> {
    while sessions::forget(hands.database.writer(), at, u64::from(SOME)).await? >= u64::from(SOME) {}
    Ok(())
}

/// The parts go first: a row without parts is found again, parts without a row would not be.
async fn purge_uploads(hands: &Hands, before: DateTime<Utc>) -> Ended {
    loop {
        let abandoned = uploads::abandoned(hands.database.reader(), before, u64::from(SOME)).await?;
        for upload in &abandoned {
            remove_parts(hands.files.as_ref(), upload.id).await?;
            uploads::forget(hands.database.writer(), upload.id).await?;
        }
        if abandoned.len() < usize::try_from(SOME).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}

/// Parts that a fallen process left of a file that was complete, or that came whole and has no upload to be found by.
async fn purge_parts(hands: &Hands, before: DateTime<Utc>) -> Ended {
    let files = hands.files.as_ref();
    let mut parts = files.list(Some(&Path::from(uploads::PARTS)));
    while let Some(part) = parts.try_next().await? {
        let upload = part.location.parts().nth(1).and_then(|name| name.as_ref().parse().ok());
        let left = part.last_modified < before
            && !matches!(upload, Some(id) if uploads::is_open(hands.database.reader(), id).await?);
        if left {
            remove(files, &part.location).await?;
        }
    }
    Ok(())
}

async fn remove_parts(files: &dyn ObjectStore, upload: Uuid) -> Result<(), object_store::Error> {
    let parts: Vec<_> = files.list(Some(&Path::from(uploads::parts_at(upload)))).try_collect().await?;
    for part in parts {
        remove(files, &part.location).await?;
    }
    Ok(())
}

async fn remove(files: &dyn ObjectStore, place: &Path) -> Result<(), object_store::Error> {
    match files.delete(place).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

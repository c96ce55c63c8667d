//! The job that takes an item on from where it stands.

use super::Item;
use super::steps::order;
use crate::error::Error;
use crate::files::{State, row};
use crate::jobs::{self, NewJob};
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use rules::papers::Stage;
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QuerySelect};
use uuid::Uuid;

/// Writes the job of the stage at which an item stands, and tells whether there is one for it.
pub(super) async fn resume(tx: &DatabaseTransaction, item: &Item, at: DateTime<Utc>) -> Result<bool, Error> {
    let job = match (Stage::from_key(&item.stage), item.file_id) {
        (Some(Stage::Inspect), Some(file)) => Some(looked_at_anew(tx, item, file, at).await?),
        (Some(stage), _) => order(item, stage, at),
        (None, _) => None,
    };
    let Some(rows) = jobs::insert(job.into_iter().collect(), at)? else { return Ok(false) };
    tx.execute(&rows).await?;
    Ok(true)
}

/// The look at the file of a new item: none while the one of its upload is to come, which finds the item, for the file is
/// held here until the item is written.
pub(super) async fn first_look(
    tx: &DatabaseTransaction,
    item: &Item,
    at: DateTime<Utc>,
) -> Result<Option<NewJob>, Error> {
    let Some(file) = item.file_id else { return Ok(None) };
    let quarantined = state(tx, file).await? == State::Quarantined;
    Ok(order(item, Stage::Inspect, at).filter(|_| !quarantined))
}

/// A file that has lain in quarantine for long is scanned for viruses first, as if it had just come.
async fn looked_at_anew(
    tx: &DatabaseTransaction,
    item: &Item,
    file: Uuid,
    at: DateTime<Utc>,
) -> Result<NewJob, Error> {
    let job = match state(tx, file).await? {
        State::Quarantined => Job::ScanFile { file },
        State::Clean | State::Refused => Job::InspectFile { file },
    };
    let cause = Some(format!("digitisation:{}", item.id));
    Ok(NewJob { cause, dossier: item.dossier_id, ..NewJob::new(job, at) })
}

async fn state(tx: &DatabaseTransaction, file: Uuid) -> Result<State, Error> {
    let row = row::Entity::find_by_id(file).lock_exclusive().one(tx).await?;
    Ok(row.ok_or(Error::NotFound("file"))?.state)
}

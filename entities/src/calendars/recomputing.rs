//! Counting open dossiers anew under the calendar in force: asked for by a person, done dossier by dossier (W-17).

use super::{effect, refusals};
use crate::catalogue::calendars;
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::dossiers;
use crate::tables::recomputations::{Column, Entity, Model};
use crate::writing::Batch;
use chrono::{DateTime, TimeDelta, Utc};
use rules::actor::Actor;
use rules::jobs::Job;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Until when another process may still start clocks under the calendar before: it believes its catalogue for a minute.
const NOTICED_AFTER: TimeDelta = TimeDelta::seconds(120);

/// Asks for open dossiers to be counted anew under the version in force; the walk begins with a job.
///
/// A second walk follows when every process has noticed the version, for what was received meanwhile. Fails as invalid
/// without a reason, and refused for a version that is not in force.
pub async fn ask(
    tx: &DatabaseTransaction,
    version: i32,
    reason: &str,
    (by, at, trace): (&Actor, DateTime<Utc>, Option<&str>),
) -> Result<Model, Error> {
    let reason = refusals::reason(reason)?;
    if calendars::newest(tx).await?.version != version {
        calendars::find(tx, version).await?;
        return Err(refusals::not_in_force("recomputation", version));
    }
    let row = Model {
        id: Uuid::now_v7(),
        calendar: version,
        reason: reason.to_owned(),
        asked_by: by.subject.clone(),
        asked_name: by.name.clone(),
        asked_at: at,
    };
    let walks = [at, at + NOTICED_AFTER].map(|run_at| NewJob {
        run_at,
        cause: Some(cause(row.id)),
        traceparent: trace.map(Into::into),
        ..NewJob::new(Job::RecomputeDeadlines { recomputation: row.id, after: None }, at)
    });
    let mut batch = Batch::default();
    batch.insert(row.clone());
    batch.add_some(jobs::insert(walks.into(), at)?);
    batch.write(tx).await?;
    Ok(row)
}

/// A recomputation by key.
pub async fn find<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("recomputation"))
}

/// What was asked for under a version, newest first; at most a hundred.
pub async fn under<C: ConnectionTrait>(db: &C, version: i32) -> Result<Vec<Model>, Error> {
    let asked = Entity::find().filter(Column::Calendar.eq(version));
    Ok(asked.order_by_desc(Column::Id).limit(100).all(db).await?)
}

/// What caused the jobs of a recomputation.
pub fn cause(recomputation: Uuid) -> String {
    format!("recomputation:{recomputation}")
}

impl Door<'_> {
    /// Counts one dossier anew as a recomputation asked; true when its due date moved.
    ///
    /// Nothing is done when it is no longer open, counts under that version or a later one, or does not move.
    pub async fn recompute(&self, dossier: Uuid, asked: &Model) -> Result<bool, Error> {
        let row = dossiers::Entity::find_by_id(dossier).lock_exclusive().one(self.tx).await?;
        row.ok_or(Error::NotFound("dossier"))?;
        let version =
            u32::try_from(asked.calendar).map_err(|e| Error::damaged("recomputations.calendar", e))?;
        let calendar = self.catalogue.calendar_version(self.tx, version).await?;
        let found = effect::of_one((self.tx, self.catalogue), (&calendar, self.at), dossier).await?;
        if found.is_none_or(|shift| shift.counts_under > version) {
            return Ok(false);
        }
        let act = Act::Recompute { calendar: version, reason: asked.words() };
        self.act(dossier, None, &act).await?;
        Ok(true)
    }
}

impl Model {
    /// The reason as it stands in the history and in the letter, with who decided.
    fn words(&self) -> String {
        let Self { calendar, reason, asked_name, .. } = self;
        format!("{reason} (lịch làm việc phiên bản {calendar}; người quyết định: {asked_name})")
    }
}

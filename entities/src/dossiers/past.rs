//! Dossiers as they stood at an instant: history and clock events read, for one or for a page of them, and folded.

use super::deadline::{self, Ticked};
use crate::catalogue::Catalogue;
use crate::columns::from_key;
use crate::error::Error;
use crate::tables::{dossiers, history};
use chrono::{DateTime, Utc};
use rules::past::{Entry, Judged, Past, fold, judge};
use rules::status::Status;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything that was ever recorded of one dossier, as far as a fold looks at it.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    /// The history, in order.
    pub entries: Vec<Entry>,
    /// The clock events, in order.
    pub ticks: Vec<Ticked>,
}

/// What was recorded of these dossiers; two queries for all of them.
pub async fn recorded<C: ConnectionTrait>(
    db: &C,
    dossiers: &[Uuid],
) -> Result<HashMap<Uuid, Recorded>, Error> {
    let mut found: HashMap<Uuid, Recorded> = HashMap::with_capacity(dossiers.len());
    for (dossier, entry) in entries(db, dossiers).await? {
        found.entry(dossier).or_default().entries.push(entry);
    }
    for (dossier, ticks) in deadline::ticked_of(db, dossiers).await? {
        found.entry(dossier).or_default().ticks = ticks;
    }
    Ok(found)
}

impl Recorded {
    /// The dossier as it stood at `as_of`; none before it was handed in.
    pub fn at(&self, as_of: DateTime<Utc>) -> Option<Past> {
        fold(&self.entries, as_of)
    }

    /// How a past stood to its due date, under the terms of then; none before reception.
    ///
    /// Of `dossier` only what never changes is looked at: channel, revision, competent unit.
    pub async fn judged<C: ConnectionTrait>(
        &self,
        (db, catalogue): (&C, &Catalogue),
        dossier: &dossiers::Model,
        past: &Past,
        as_of: DateTime<Utc>,
    ) -> Result<Option<Judged>, Error> {
        let revised = catalogue.revision(db, dossier.revision_id).await?;
        let terms = deadline::terms_at(db, catalogue, dossier, &self.ticks, as_of).await?;
        let calendar = catalogue.calendar_version(db, terms.calendar).await?;
        judge(past, as_of, |at| deadline::folded(dossier, &revised, &self.ticks, (&calendar, &terms), at))
    }
}

/// The columns a fold needs; words and names are left where they are.
async fn entries<C: ConnectionTrait>(db: &C, dossiers: &[Uuid]) -> Result<Vec<(Uuid, Entry)>, Error> {
    type Row = (Uuid, i32, String, String, Option<String>, String, DateTime<Utc>);
    use history::Column::{Act, Actor, At, DossierId, Seq, Step, ToStatus};
    let rows: Vec<Row> = history::Entity::find()
        .select_only()
        .columns([DossierId, Seq, Act, ToStatus, Step, Actor, At])
        .filter(DossierId.is_in(dossiers.iter().copied()))
        .order_by_asc(DossierId)
        .order_by_asc(Seq)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(dossier, seq, act, to, step, actor, at): Row| {
        let act = from_key("history.act", &act)?;
        let to = Status::from_key(&to).ok_or_else(|| Error::damaged("history.to_status", &to))?;
        Ok((dossier, Entry { seq, act, to, step, actor, at }))
    };
    rows.into_iter().map(read).collect()
}

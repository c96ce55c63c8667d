//! The due date of a dossier: its clock events, folded under the revision and the terms it was received under.

use super::standing;
use crate::catalogue::{Catalogue, Revised};
use crate::columns::from_json;
use crate::error::Error;
use crate::tables::{clock_events, dossiers, history};
use chrono::{DateTime, Utc};
use rules::calendar::Calendar;
use rules::deadlines::{ClockEvent, ClockKind, ClockPolicy, Deadline, Terms, fold};
use rules::procedure::SupplementClock;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

/// A clock event with the terms it brought, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticked {
    /// The event.
    pub event: ClockEvent,
    /// Terms that count from it on.
    pub terms: Option<Terms>,
    /// History entry that caused it.
    pub entry: i32,
}

/// The clock events of a dossier, in order.
pub async fn ticked<C: ConnectionTrait>(db: &C, dossier: &dossiers::Model) -> Result<Vec<Ticked>, Error> {
    let rows = clock_events::Entity::find()
        .filter(clock_events::Column::DossierId.eq(dossier.id))
        .order_by_asc(clock_events::Column::Seq)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// The clock events of these dossiers, in order; one query for all of them.
pub(crate) async fn ticked_of<C: ConnectionTrait>(
    db: &C,
    dossiers: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Ticked>>, Error> {
    let mut found: HashMap<Uuid, Vec<Ticked>> = HashMap::with_capacity(dossiers.len());
    let rows = clock_events::Entity::find()
        .filter(clock_events::Column::DossierId.is_in(dossiers.iter().copied()))
        .order_by_asc(clock_events::Column::DossierId)
        .order_by_asc(clock_events::Column::Seq)
        .all(db)
        .await?;
    for row in rows {
        found.entry(row.dossier_id).or_default().push(read(row)?);
    }
    Ok(found)
}

/// Where the clock of a dossier stands at `as_of`, with its derivation.
pub async fn of<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    as_of: DateTime<Utc>,
) -> Result<Deadline, Error> {
    let events = ticked(db, dossier).await?;
    among(db, catalogue, dossier, &events, as_of).await
}

/// Where the clock stood right after a history entry, whatever happened later in the same moment.
pub async fn at_entry<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    entry: &history::Model,
) -> Result<Deadline, Error> {
    at_entry_of(db, catalogue, dossier, &ticked(db, dossier).await?, entry).await
}

/// The same from clock events that have been read.
pub async fn at_entry_of<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    events: &[Ticked],
    entry: &history::Model,
) -> Result<Deadline, Error> {
    let by_then: Vec<Ticked> = events.iter().filter(|ticked| ticked.entry <= entry.seq).cloned().collect();
    among(db, catalogue, dossier, &by_then, entry.at).await
}

async fn among<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    events: &[Ticked],
    as_of: DateTime<Utc>,
) -> Result<Deadline, Error> {
    let revised = catalogue.revision(db, dossier.revision_id).await?;
    let terms = terms_at(db, catalogue, dossier, events, as_of).await?;
    let calendar = catalogue.calendar_version(db, terms.calendar).await?;
    folded(dossier, &revised, events, (&calendar, &terms), as_of)
}

/// The terms in force for this dossier at `as_of`: the last its clock was given; those of today before its start.
pub async fn terms_at<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    events: &[Ticked],
    as_of: DateTime<Utc>,
) -> Result<Terms, Error> {
    let given = events.iter().rfind(|ticked| ticked.terms.is_some() && ticked.event.at <= as_of);
    if let Some(terms) = given.and_then(|ticked| ticked.terms.clone()) {
        return Ok(terms);
    }
    terms_today(db, catalogue, dossier, as_of).await
}

/// The terms a clock of this dossier would start with at `at`.
pub(super) async fn terms_today<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    at: DateTime<Utc>,
) -> Result<Terms, Error> {
    let revised = catalogue.revision(db, dossier.revision_id).await?;
    let unit = catalogue.unit(db, dossier.authority_id, at).await?;
    let calendar = catalogue.calendar(db, at).await?;
    Ok(Terms {
        calendar: calendar.version,
        hours: unit.hours.clone(),
        cutoff_hour: revised.content.cutoff_hour.or(unit.hours.cutoff_hour()),
        supplement: standing::profile(dossier, at)?.supplement_of(&revised.content),
    })
}

/// The fold itself, from what has been read. What a receipt printed stays printed, whatever is counted anew (L-41).
pub fn folded(
    dossier: &dossiers::Model,
    revised: &Revised,
    events: &[Ticked],
    (calendar, terms): (&Calendar, &Terms),
    as_of: DateTime<Utc>,
) -> Result<Deadline, Error> {
    let found = counted(&dossier.channel, revised, events, (calendar, terms), as_of)?;
    let mut known = events.iter().map(|ticked| ticked.event).filter(|event| event.at <= as_of);
    let anew = known.any(|event| event.kind == ClockKind::Recomputed);
    let printed = dossier.first_due_at.filter(|_| anew).or(found.original_due);
    Ok(Deadline { original_due: printed, ..found })
}

/// Where a clock stands that counts by what its channel promises under some calendar.
pub(crate) fn counted(
    channel: &str,
    revised: &Revised,
    events: &[Ticked],
    (calendar, terms): (&Calendar, &Terms),
    as_of: DateTime<Utc>,
) -> Result<Deadline, Error> {
    let channel = crate::columns::from_key("dossiers.channel", channel)?;
    let promised = revised.content.terms(channel).ok_or(Error::NotFound("terms of the channel"))?;
    let supplement = &terms.supplement;
    let policy = ClockPolicy {
        restart: supplement.clock == SupplementClock::Restart,
        legal_basis: &supplement.legal_basis,
    };
    let events: Vec<ClockEvent> = events.iter().map(|ticked| ticked.event).collect();
    Ok(fold(promised.limit, policy, &events, calendar, &terms.hours, terms.cutoff_hour, as_of))
}

/// A row as the fold reads it.
fn read(row: clock_events::Model) -> Result<Ticked, Error> {
    let kind = ClockKind::from_key(&row.kind, row.extended_to);
    let kind = kind.ok_or_else(|| Error::damaged("clock_events.kind", &row.kind))?;
    let terms = row.terms.as_deref().map(|text| from_json("clock_events.terms", text)).transpose()?;
    Ok(Ticked { event: ClockEvent { seq: row.seq, kind, at: row.at }, terms, entry: row.entry })
}

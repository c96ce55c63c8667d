//! The due date of a dossier: its clock events, folded under the revision it was received under.

use crate::catalogue::{Catalogue, Revised};
use crate::error::Error;
use crate::tables::{clock_events, dossiers};
use chrono::{DateTime, Utc};
use rules::calendar::Calendar;
use rules::deadlines::{ClockEvent, ClockKind, ClockPolicy, Deadline, fold};
use rules::office_hours::OfficeHours;
use rules::procedure::SupplementClock;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// The clock events of a dossier, in order.
pub async fn events<C: ConnectionTrait>(db: &C, dossier: &dossiers::Model) -> Result<Vec<ClockEvent>, Error> {
    let rows = clock_events::Entity::find()
        .filter(clock_events::Column::DossierId.eq(dossier.id))
        .order_by_asc(clock_events::Column::Seq)
        .all(db)
        .await?;
    rows.into_iter().map(event).collect()
}

/// Where the clock of a dossier stands at `as_of`, with its derivation.
pub async fn of<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    dossier: &dossiers::Model,
    as_of: DateTime<Utc>,
) -> Result<Deadline, Error> {
    let events = events(db, dossier).await?;
    let revised = catalogue.revision(db, dossier.revision_id).await?;
    let unit = catalogue.unit(db, dossier.authority_id, as_of).await?;
    let calendar = catalogue.calendar(db, as_of).await?;
    folded(dossier, &revised, &events, (&calendar, &unit.hours), as_of)
}

/// The fold itself, from what has been read.
pub(super) fn folded(
    dossier: &dossiers::Model,
    revised: &Revised,
    events: &[ClockEvent],
    (calendar, hours): (&Calendar, &OfficeHours),
    as_of: DateTime<Utc>,
) -> Result<Deadline, Error> {
    let channel = crate::columns::from_key("dossiers.channel", &dossier.channel)?;
    let terms = revised.content.terms(channel).ok_or(Error::NotFound("terms of the channel"))?;
    let supplement = &revised.content.supplement;
    let policy = ClockPolicy {
        restart: supplement.clock == SupplementClock::Restart,
        legal_basis: &supplement.legal_basis,
    };
    Ok(fold(terms.limit, policy, events, calendar, hours, revised.content.cutoff_hour, as_of))
}

fn event(row: clock_events::Model) -> Result<ClockEvent, Error> {
    let kind = ClockKind::from_key(&row.kind, row.extended_to);
    let kind = kind.ok_or_else(|| Error::damaged("clock_events.kind", &row.kind))?;
    Ok(ClockEvent { seq: row.seq, kind, at: row.at })
}

//! What a version of the calendar would do to the open dossiers: which due dates move, and by how much.

use crate::catalogue::Catalogue;
use crate::dossiers::deadline::{Ticked, counted, ticked_of};
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity};
use chrono::{DateTime, Utc};
use rules::calendar::Calendar;
use rules::deadlines::{ClockState, Terms};
use rules::local_time::local_date;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;

/// An open dossier that the calendar moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The dossier.
    pub dossier: Uuid,
    /// Its code.
    pub code: String,
    /// The competent unit, which has to keep the date.
    pub unit: Uuid,
    /// Version of the calendar it counts under now.
    pub counts_under: u32,
    /// The due date now; none while it is suspended and will be counted under the calendar when the clock goes on.
    pub old_due: Option<DateTime<Utc>>,
    /// The due date under the calendar.
    pub new_due: Option<DateTime<Utc>>,
    /// Working days later, by the calendar; below zero earlier.
    pub working_days: i64,
    /// Days later; below zero earlier.
    pub calendar_days: i64,
}

/// Some open dossiers in the order of their keys.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Those that move.
    pub shifts: Vec<Shift>,
    /// How many were looked at.
    pub looked_at: usize,
    /// The last one looked at; none when there are no more.
    pub last: Option<Uuid>,
}

/// Dossiers looked at in one go.
const TOGETHER: usize = 500;

/// What `calendar` does to the next open dossiers after one, as their clocks stand at `at`.
pub async fn batch<C: ConnectionTrait>(
    (db, catalogue): (&C, &Catalogue),
    (calendar, at): (&Calendar, DateTime<Utc>),
    after: Option<Uuid>,
) -> Result<Batch, Error> {
    let rows: Vec<Open> = query(after).into_tuple().all(db).await?;
    let last = rows.last().map(|row| row.0).filter(|_| rows.len() == TOGETHER);
    let looked_at = rows.len();
    Ok(Batch { shifts: shifts((db, catalogue), (calendar, at), rows).await?, looked_at, last })
}

/// What `calendar` does to one dossier; none when nothing, and when it is no longer open.
pub async fn of_one<C: ConnectionTrait>(
    (db, catalogue): (&C, &Catalogue),
    (calendar, at): (&Calendar, DateTime<Utc>),
    dossier: Uuid,
) -> Result<Option<Shift>, Error> {
    let rows: Vec<Open> = query(None).filter(Column::Id.eq(dossier)).into_tuple().all(db).await?;
    Ok(shifts((db, catalogue), (calendar, at), rows).await?.pop())
}

/// Key, code, competent unit, revision, channel.
type Open = (Uuid, String, Uuid, Uuid, String);

/// The query of the walk; public so that the planner can be asked about it.
///
/// The literal repeats the predicate of the partial index; a bound value would hide it from the planner.
pub fn query(after: Option<Uuid>) -> Select<Entity> {
    let open = "status IN ('received', 'processing', 'awaiting_supplement', 'awaiting_payment')";
    let mut query = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Code, Column::AuthorityId, Column::RevisionId, Column::Channel])
        .filter(Expr::cust(open))
        .filter(Column::ClockEvents.gt(0));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(u64::try_from(TOGETHER).unwrap_or(u64::MAX))
}

async fn shifts<C: ConnectionTrait>(
    (db, catalogue): (&C, &Catalogue),
    (calendar, at): (&Calendar, DateTime<Utc>),
    rows: Vec<Open>,
) -> Result<Vec<Shift>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let mut ticked = ticked_of(db, &ids).await?;
    let mut shifts = Vec::new();
    for row in rows {
        let events = ticked.remove(&row.0).unwrap_or_default();
        shifts.extend(shift((db, catalogue), (calendar, at), row, &events).await?);
    }
    Ok(shifts)
}

async fn shift<C: ConnectionTrait>(
    (db, catalogue): (&C, &Catalogue),
    (calendar, at): (&Calendar, DateTime<Utc>),
    (dossier, code, unit, revision, channel): Open,
    events: &[Ticked],
) -> Result<Option<Shift>, Error> {
    let Some(terms) = events.iter().rev().find_map(|ticked| ticked.terms.as_ref()) else {
        return Ok(None);
    };
    if terms.calendar == calendar.version {
        return Ok(None);
    }
    let revised = catalogue.revision(db, revision).await?;
    let own = catalogue.calendar_version(db, terms.calendar).await?;
    let anew = Terms { calendar: calendar.version, ..terms.clone() };
    let old = counted(&channel, &revised, events, (&own, terms), at)?;
    let new = counted(&channel, &revised, events, (calendar, &anew), at)?;
    let suspended = old.state == ClockState::Paused && differs(calendar, &own, events);
    let moves = old.due != new.due || suspended;
    let counts_under = terms.calendar;
    let still = Shift {
        dossier,
        code,
        unit,
        counts_under,
        old_due: None,
        new_due: None,
        working_days: 0,
        calendar_days: 0,
    };
    Ok(moves.then(|| still.moved((old.due, new.due), calendar)))
}

/// A suspended due date is not known yet: it will depend on every day since the start.
fn differs(calendar: &Calendar, own: &Calendar, events: &[Ticked]) -> bool {
    events.first().is_some_and(|start| calendar.differs(own, local_date(start.event.at)))
}

type Dues = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

impl Shift {
    fn moved(self, (old_due, new_due): Dues, calendar: &Calendar) -> Self {
        let days = old_due.zip(new_due).map(|(old, new)| (local_date(old), local_date(new)));
        let calendar_days = days.map_or(0, |(old, new)| new.signed_duration_since(old).num_days());
        let working_days = days.map_or(0, |(old, new)| {
            let (first, last) = (old.min(new), old.max(new));
            let between = first.succ_opt().map_or(0, |next| i64::from(calendar.count(next, last)));
            between * calendar_days.signum()
        });
        Self { old_due, new_due, working_days, calendar_days, ..self }
    }

    /// The due date is suspended and will be found under the calendar.
    pub fn is_suspended(&self) -> bool {
        self.new_due.is_none()
    }

    /// It was in time and is late as soon as it is moved.
    pub fn is_late_at_once(&self, at: DateTime<Utc>) -> bool {
        self.new_due.is_some_and(|new| new < at) && self.old_due.is_some_and(|old| old >= at)
    }
}

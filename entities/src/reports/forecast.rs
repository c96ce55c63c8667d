//! What a unit's forecast is made from: its queue, what lies with applicants, and its pace over the last days.

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rules::calendar::Calendar;
use rules::forecast::{Forecast, Measured, Pace, Queued, Workplace, forecast, measured};
use rules::local_time::{instant, local_date};
use rules::past::Turn;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// Working days a pace is measured over.
pub const PACE_DAYS: u32 = 20;

/// A unit's forecast, and the pace it rests on.
#[derive(Debug, Clone)]
pub struct UnitForecast {
    /// What is to be expected.
    pub forecast: Forecast,
    /// The pace.
    pub pace: Pace,
    /// The days it was measured over; none while the unit has no whole working day behind it.
    pub measured: Option<Measured>,
}

/// What will be late at a unit over the coming `days` working days, as things stand at `at`.
pub async fn of_unit<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    unit: Uuid,
    at: DateTime<Utc>,
    days: u32,
) -> Result<UnitForecast, Error> {
    let calendar = catalogue.calendar(db, at).await?;
    let hours = &catalogue.unit(db, unit, at).await?.hours;
    let (pace, measured) = pace(db, &calendar, unit, at).await?;
    let queue = queue(db, unit).await?;
    let mut forecast = forecast(&queue, Workplace { calendar: &calendar, hours, pace }, at, days);
    forecast.with_the_applicant =
        u32::try_from(with_the_applicant(unit).count(db).await?).unwrap_or(u32::MAX);
    Ok(UnitForecast { forecast, pace, measured })
}

/// The query of the queue; public so that the planner can be asked about it.
pub fn waiting(unit: Uuid) -> Select<Entity> {
    Entity::find()
        .filter(Column::DeskId.eq(unit))
        .filter(literally("turn = 'agency'"))
        .filter(Column::ReceivedAt.is_not_null())
        .order_by_asc(Column::ActBy)
        .order_by_asc(Column::Id)
}

/// The query of what lies with applicants; public so that the planner can be asked about it.
pub fn with_the_applicant(unit: Uuid) -> Select<Entity> {
    Entity::find()
        .filter(Column::DeskId.eq(unit))
        .filter(literally("turn = 'applicant'"))
        .filter(Column::ReceivedAt.is_not_null())
}

/// The query of the results of some days; public so that the planner can be asked about it.
pub fn decided(unit: Uuid, measured: Measured) -> Select<Entity> {
    let end = measured.last.checked_add_days(Days::new(1)).unwrap_or(measured.last);
    Entity::find()
        .filter(Column::AuthorityId.eq(unit))
        .filter(Column::DecidedAt.gte(midnight(measured.first)))
        .filter(Column::DecidedAt.lt(midnight(end)))
}

async fn pace<C: ConnectionTrait>(
    db: &C,
    calendar: &Calendar,
    unit: Uuid,
    at: DateTime<Utc>,
) -> Result<(Pace, Option<Measured>), Error> {
    let oldest: Option<DateTime<Utc>> = Entity::find()
        .select_only()
        .column(Column::SubmittedAt)
        .filter(Column::AuthorityId.eq(unit))
        .order_by_asc(Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let over = oldest.and_then(|since| measured(calendar, local_date(at), local_date(since), PACE_DAYS));
    let Some(measured) = over else {
        return Ok((Pace { decided: 0, days: 0 }, None));
    };
    let decided = decided(unit, measured).count(db).await?;
    let pace = Pace { decided: u32::try_from(decided).unwrap_or(u32::MAX), days: measured.days };
    Ok((pace, Some(measured)))
}

async fn queue<C: ConnectionTrait>(db: &C, unit: Uuid) -> Result<Vec<Queued>, Error> {
    let rows: Vec<(Uuid, String, Option<DateTime<Utc>>)> = waiting(unit)
        .select_only()
        .columns([Column::Id, Column::Code, Column::DueAt])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, code, due)| Queued { id, code, due, turn: Turn::Agency }).collect())
}

/// A literal repeats the predicate of a partial index; a bound value would hide it from the planner.
fn literally(predicate: &'static str) -> SimpleExpr {
    Expr::cust(predicate)
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN))
}

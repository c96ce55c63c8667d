//! What is done again and again: a row per schedule, a job per tick however many processes tick.

use super::sql::{execute, statement};
use super::{NewJob, insert};
use crate::database::Database;
use crate::error::Error;
use chrono::{DateTime, TimeDelta, Utc};
use rules::jobs::{Job, Queue};
use sea_orm::{ConnectionTrait, DatabaseTransaction, FromQueryResult};

/// One line of the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Its name.
    pub name: String,
    /// The job of each tick.
    pub job: Job,
    /// Seconds between ticks; ticks fall on multiples of it.
    pub every_seconds: i32,
    /// Seconds after such a multiple.
    pub offset_seconds: i32,
    /// Whether each tick missed while no process ran gets its job; otherwise only the latest does, and only while no job
    /// of its order waits.
    pub catch_up: bool,
}

/// The schedule of a new office: each job looks at everything since the last, so one makes up for many.
pub fn usual() -> Vec<Schedule> {
    let at = |job: Job, every_seconds, offset_seconds| Schedule {
        name: job.kind().into(),
        job,
        every_seconds,
        offset_seconds,
        catch_up: false,
    };
    let line = |job: Job, every_seconds| at(job, every_seconds, 0);
    vec![
        line(Job::TrackPost { carrier: None }, 600),
        line(Job::SweepPayments {}, 300),
        line(Job::FetchStatement { platform: None, day: None }, 86_400),
        line(Job::SweepWarnings {}, 300),
        line(Job::SweepDigitisations {}, 600),
        line(Job::PurgeExpired {}, 3_600),
        at(Job::EraseExpired {}, DAY, HALF_PAST_TWO),
        line(Job::ChainChronicle {}, 30),
        at(Job::SignCheckpoint {}, 3_600, BETWEEN_CHAININGS),
        line(Job::PullCatalogue { pull: None }, 604_800),
        line(Job::TellSatisfaction {}, 86_400),
        line(Job::FetchQuestions {}, 3_600),
        at(Job::ReconcilePortal { reconciliation: None, part: 0 }, DAY, HALF_PAST_ONE),
    ]
}

/// Seconds after the hour at which nobody chains: both link entries, and one would have to try again.
const BETWEEN_CHAININGS: i32 = 15;
const DAY: i32 = 86_400;
/// 01:30 in Viet Nam, which is seven hours ahead of UTC.
const HALF_PAST_ONE: i32 = 18 * 3_600 + 1_800;
const HALF_PAST_TWO: i32 = HALF_PAST_ONE + 3_600;

/// Writes the lines that are missing, their first tick after `at`; lines already there are left as they are.
pub async fn ensure(db: &impl ConnectionTrait, lines: &[Schedule], at: DateTime<Utc>) -> Result<(), Error> {
    for line in lines {
        let job = serde_json::to_string(&line.job).map_err(|e| Error::damaged("schedules.job", e))?;
        let values = vec![
            line.name.as_str().into(),
            job.into(),
            line.every_seconds.into(),
            after(at, line.every_seconds, line.offset_seconds).into(),
            line.catch_up.into(),
            line.offset_seconds.into(),
        ];
        execute(db, ENSURE, values).await?;
    }
    Ok(())
}

const ENSURE: &str = "INSERT INTO schedules (name, job, every_seconds, next_tick, catch_up, offset_seconds) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";

/// Writes the jobs of all ticks due by `at` and returns the queues to ring.
pub async fn tick(db: &Database, at: DateTime<Utc>) -> Result<Vec<Queue>, Error> {
    if due(db.reader(), at).await?.is_empty() {
        return Ok(Vec::new());
    }
    let tx = db.begin().await?;
    let mut queues = Vec::new();
    for line in due(&tx, at).await? {
        queues.extend(tick_line(&tx, &line, at).await?);
    }
    tx.commit().await?;
    Ok(queues)
}

#[derive(Debug, FromQueryResult)]
struct Line {
    name: String,
    job: String,
    every_seconds: i32,
    offset_seconds: i32,
    next_tick: DateTime<Utc>,
    catch_up: bool,
}

async fn due(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<Vec<Line>, Error> {
    let sql = "SELECT name, job, every_seconds, offset_seconds, next_tick, catch_up FROM schedules \
        WHERE next_tick <= $1 ORDER BY name";
    Ok(Line::find_by_statement(statement(db, sql, vec![at.into()])).all(db).await?)
}

/// The guard on the old tick lets one process through; the unique key is the second lock.
async fn tick_line(tx: &DatabaseTransaction, line: &Line, at: DateTime<Utc>) -> Result<Option<Queue>, Error> {
    let every = TimeDelta::seconds(i64::from(line.every_seconds.max(1)));
    let ticks = ticks(line, at, every);
    let next = ticks.last().map_or(line.next_tick, |last| *last + every);
    let sql = "UPDATE schedules SET next_tick = $3 WHERE name = $1 AND next_tick = $2";
    let values = vec![line.name.as_str().into(), line.next_tick.into(), next.into()];
    if execute(tx, sql, values).await? == 0 {
        return Ok(None);
    }
    let Ok(job) = serde_json::from_str::<Job>(&line.job) else {
        tracing::error!(schedule = line.name, "the job of a schedule cannot be read; its tick is left out");
        return Ok(None);
    };
    if !line.catch_up && stands(tx, &job).await? {
        return Ok(None);
    }
    let queue = job.queue();
    let rows = ticks.into_iter().map(|tick| new_job(line, &job, tick)).collect();
    if let Some(rows) = insert(rows, at)? {
        tx.execute(&rows).await?;
    }
    Ok(Some(queue))
}

/// A job of the same order that has not begun sees all that this tick would: for a party that is off, no more are written.
async fn stands(tx: &DatabaseTransaction, job: &Job) -> Result<bool, Error> {
    let Some(key) = job.ordering_key() else { return Ok(false) };
    let sql = "SELECT 1 AS one FROM jobs WHERE ordering_key = $1 AND state = 'ready' LIMIT 1";
    Ok(tx.query_one_raw(statement(tx, sql, vec![key.into()])).await?.is_some())
}

/// Ticks due by `at`: all of them, or the latest.
fn ticks(line: &Line, at: DateTime<Utc>, every: TimeDelta) -> Vec<DateTime<Utc>> {
    if !line.catch_up {
        return vec![after(at, line.every_seconds, line.offset_seconds) - every];
    }
    let mut ticks = Vec::new();
    let mut tick = line.next_tick;
    while tick <= at && ticks.len() < CATCH_UP {
        ticks.push(tick);
        tick += every;
    }
    ticks
}

/// Missed ticks caught up at once; the rest follows at the next look. A year's stop must not write a million rows.
const CATCH_UP: usize = 500;

fn new_job(line: &Line, job: &Job, tick: DateTime<Utc>) -> NewJob {
    NewJob {
        unique_key: Some(format!("{}:{}", line.name, tick.format("%Y-%m-%dT%H:%M:%SZ"))),
        cause: Some(format!("schedule:{}", line.name)),
        ..NewJob::new(job.clone(), tick)
    }
}

/// The first moment after `at` that lies `offset` seconds behind a multiple of `every` seconds.
fn after(at: DateTime<Utc>, every: i32, offset: i32) -> DateTime<Utc> {
    let (every, offset) = (i64::from(every.max(1)), i64::from(offset));
    let next = ((at.timestamp() - offset).div_euclid(every) + 1) * every + offset;
    DateTime::from_timestamp(next, 0).unwrap_or(at + TimeDelta::seconds(every))
}

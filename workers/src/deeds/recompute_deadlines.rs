//! Walks over some more open dossiers, writes a job for each that the calendar moves, and one to walk on.

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{DateTime, TimeDelta, Utc};
use entities::Error;
use entities::calendars::effect::{Shift, batch};
use entities::calendars::recomputing::{cause, find};
use entities::jobs::{self, NewJob};
use rules::calendar::Calendar;
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// Jobs written in one go; the next ones come a moment later, so that other work is not kept waiting.
const SOME: usize = 500;
/// Looks at the dossiers in one go, when few of them move.
const LOOKS: usize = 20;
/// The moment between two goes.
const BREATH: TimeDelta = TimeDelta::seconds(2);

/// Does one attempt. Cut off and begun again it writes the same rows, which are then not written twice.
pub(super) async fn run(hands: &Hands, recomputation: Uuid, after: Option<Uuid>, attempt: &Attempt) -> Ended {
    let db = hands.database.reader();
    let asked = find(db, recomputation).await?;
    let version = u32::try_from(asked.calendar).map_err(|e| Error::damaged("recomputations.calendar", e))?;
    let calendar = hands.catalogue.calendar_version(db, version).await?;
    let (shifts, last) = walk(hands, (&calendar, attempt.at), after).await?;
    let mut rows: Vec<NewJob> = shifts.iter().map(|shift| moving(recomputation, shift, attempt)).collect();
    rows.extend(last.map(|last| walking_on(recomputation, last, attempt)));
    let Some(rows) = jobs::insert(rows, attempt.at)? else {
        return Ok(());
    };
    let tx = hands.database.begin().await?;
    tx.execute(&rows).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Quick);
    Ok(())
}

/// The next dossiers that move, and the last one looked at while there are more.
async fn walk(
    hands: &Hands,
    calendar: (&Calendar, DateTime<Utc>),
    after: Option<Uuid>,
) -> Result<(Vec<Shift>, Option<Uuid>), Error> {
    let (mut shifts, mut last) = (Vec::new(), after);
    for _ in 0..LOOKS {
        let found = batch((hands.database.reader(), &hands.catalogue), calendar, last).await?;
        shifts.extend(found.shifts);
        last = found.last;
        if last.is_none() || shifts.len() >= SOME {
            break;
        }
    }
    Ok((shifts, last))
}

fn moving(recomputation: Uuid, shift: &Shift, attempt: &Attempt) -> NewJob {
    let job = Job::RecomputeDeadline { dossier: shift.dossier, recomputation };
    NewJob {
        cause: Some(cause(recomputation)),
        unique_key: Some(format!("recompute:{recomputation}:{}", shift.dossier)),
        traceparent: attempt.traceparent.clone(),
        ..NewJob::new(job, attempt.at)
    }
}

/// The key is that of this job's row, so that a repeated attempt does not begin a second walk.
fn walking_on(recomputation: Uuid, last: Uuid, attempt: &Attempt) -> NewJob {
    let job = Job::RecomputeDeadlines { recomputation, after: Some(last) };
    NewJob {
        cause: Some(cause(recomputation)),
        unique_key: Some(format!("recomputation:{}", attempt.id)),
        run_at: attempt.at + BREATH,
        traceparent: attempt.traceparent.clone(),
        ..NewJob::new(job, attempt.at)
    }
}

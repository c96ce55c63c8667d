//! Fetches a platform's list of a local day and compares it with ours, once a day and platform (F-03).

use super::ended::Ended;
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::{Days, NaiveDate};
use connectors::trip::Trip;
use entities::dossiers::Door;
use entities::jobs::{self, NewJob};
use entities::statements::comparing::Source;
use entities::statements::reading::fetched;
use rules::actor::Actor;
use rules::fees::statements::Movement;
use rules::jobs::{Job, Queue};
use rules::local_time::local_date;
use sea_orm::ConnectionTrait;

/// Does one attempt. Without a platform it writes a job for each that gives a list, for the local day before.
pub(super) async fn run(
    hands: &Hands,
    platform: Option<String>,
    day: Option<NaiveDate>,
    attempt: &Attempt,
) -> Ended {
    let day = day.unwrap_or_else(|| local_date(hands.clock.now()) - Days::new(1));
    match platform {
        None => spread(hands, day).await,
        Some(platform) => fetch(hands, platform, day, attempt).await,
    }
}

async fn spread(hands: &Hands, day: NaiveDate) -> Ended {
    let at = hands.clock.now();
    let offering = hands.wires.platforms.iter().filter(|(_, platform)| platform.offers().statement);
    let fetches = offering.map(|(key, _)| NewJob {
        cause: Some("schedule:fetch_statement".into()),
        unique_key: Some(format!("statement:{key}:{day}")),
        ..NewJob::new(Job::FetchStatement { platform: Some(key.clone()), day: Some(day) }, at)
    });
    let Some(rows) = jobs::insert(fetches.collect(), at)? else {
        return Ok(());
    };
    let tx = hands.database.begin().await?;
    tx.execute(&rows).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

async fn fetch(hands: &Hands, platform: String, day: NaiveDate, attempt: &Attempt) -> Ended {
    if fetched(hands.database.reader(), &platform, day).await? {
        return Ok(());
    }
    let party = hands.wires.platform(&platform)?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let lines = party.statement(&trip, day).await?;
    let theirs: Vec<Movement> = lines
        .into_iter()
        .map(|line| Movement {
            reference: line.reference,
            transaction: line.transaction_id,
            amount: line.amount,
        })
        .collect();
    let tx = hands.database.begin().await?;
    let office = Actor::office();
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: attempt.traceparent.as_deref(),
    };
    door.compare_statement(&Source::Platform(platform), day, &theirs).await?;
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

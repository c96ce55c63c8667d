//! One attempt at one job: begun, watched, and its end written on the row.

use crate::deed::{Attempt, Deeds, Outcome};
use crate::patience::delay;
use crate::station::{Held, Station};
use entities::jobs::marking::{self, Finished};
use entities::jobs::{Claimed, Lease};
use rules::jobs::Job;
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;
use tracing::Instrument;

/// Does the deed of a claimed job and records how it ended.
pub(crate) async fn attend<D: Deeds>(station: &Station, deeds: Arc<D>, held: Held) {
    let begun = Instant::now();
    let row = &held.row;
    let delay = (station.ledger.clock.now() - row.next_run_at).to_std().unwrap_or_default();
    metrics::histogram!("job_start_delay_seconds", "queue" => station.queue.key())
        .record(delay.as_secs_f64());
    let ended = match row.job() {
        Ok(job) => watched(station, deeds, row, job).await,
        Err(error) => Some(Outcome::fail(format!("{UNREADABLE}: {error}"))),
    };
    let label = match ended {
        Some(outcome) => record(station, row, outcome).await,
        None => LOST,
    };
    finished(row, label, begun.elapsed());
    if row.ordering_key.is_some() {
        // The next of the key became free; whoever is idle here takes it at once.
        station.ledger.wake.ring_here(station.queue);
    }
}

const UNREADABLE: &str = "không đọc được nội dung / the payload cannot be read by this version";

/// None when the lease was lost: then the row is no longer ours to write on.
async fn watched<D: Deeds>(station: &Station, deeds: Arc<D>, row: &Claimed, job: Job) -> Option<Outcome> {
    let attempt = Attempt {
        id: row.id,
        number: row.attempts,
        last: row.attempts >= row.max_attempts,
        at: station.ledger.clock.now(),
        traceparent: row.traceparent.clone(),
    };
    let timeout = station.settings.timeout(&row.kind);
    // Its own task: a panic stays in it, it may use another core, and dropping the set cuts it off.
    let mut deed = JoinSet::new();
    deed.spawn(async move { deeds.run(job, attempt).await }.in_current_span());
    tokio::select! {
        ended = deed.join_next() => Some(ended.map_or_else(cut_off, |ended| ended.unwrap_or_else(broken))),
        () = tokio::time::sleep(timeout) => Some(overdue(timeout)),
        () = hold(station, row.lease()) => None,
    }
}

fn broken(error: JoinError) -> Outcome {
    match error.try_into_panic() {
        Ok(panic) => Outcome::retry(format!("người làm vấp lỗi / the deed panicked: {}", words(&*panic))),
        Err(_) => cut_off(),
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?")
}

fn cut_off() -> Outcome {
    Outcome::retry("bị cắt ngang / the deed was cut off")
}

fn overdue(timeout: Duration) -> Outcome {
    Outcome::retry(format!("không xong trong / not finished within {} s", timeout.as_secs_f64()))
}

/// Renews the lease until it is lost; a database that is silent for longer than the lease has lost it too.
async fn hold(station: &Station, lease: Lease<'_>) {
    let mut held_until = station.lease_until();
    loop {
        tokio::time::sleep(station.settings.lease() / 3).await;
        let until = station.lease_until();
        match marking::renew(station.ledger.database.writer(), lease, until).await {
            Ok(true) => held_until = until,
            Ok(false) => return,
            Err(_) if station.is_past(held_until) => return,
            Err(error) => {
                tracing::warn!(job = %lease.id, %error, "the lease could not be renewed; trying again")
            }
        }
    }
}

/// Writes the end on the row, again and again until a lease's time has passed, and says which it was.
async fn record(station: &Station, row: &Claimed, outcome: Outcome) -> &'static str {
    let give_up = station.lease_until();
    loop {
        match write(station, row, &outcome).await {
            Ok(label) => return label,
            Err(error) if station.is_past(give_up) => {
                tracing::error!(job = %row.id, %error, "the end of an attempt is lost; it will be repeated");
                return LOST;
            }
            Err(error) => {
                tracing::warn!(job = %row.id, %error, "the end of an attempt could not be written; trying again");
                tokio::time::sleep(station.settings.poll().min(WRITE_AGAIN)).await;
            }
        }
    }
}

const LOST: &str = "lost";

/// A wait of no length would be a loop without rest.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);

/// Longest between two looks at a party, should nobody tell that it is in use again.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

const WRITE_AGAIN: Duration = Duration::from_millis(200);

async fn write(station: &Station, row: &Claimed, outcome: &Outcome) -> Result<&'static str, String> {
    let db = station.ledger.database.writer();
    let at = station.ledger.clock.now();
    let (kept, label) = match outcome {
        Outcome::Done => {
            let job = Finished { id: row.id, attempt: row.attempts };
            return station
                .finisher
                .finish(job)
                .await
                .map(|kept| if kept { "done" } else { LOST })
                .ok_or("no answer".into());
        }
        Outcome::Fail { reason } => (marking::bury(db, row.lease(), at, reason).await, "dead"),
        Outcome::Wait { party, after, reason } => {
            let next = at + after.clamp(&SHORTEST_WAIT, &LONGEST_WAIT).to_owned();
            (marking::wait(db, row.lease(), next, (party, reason)).await, "wait")
        }
        Outcome::Retry { after, reason } => match delay(row, &station.settings, *after, rand::random()) {
            Some(delay) => (marking::retry(db, row.lease(), at + delay, reason).await, "retry"),
            None => (marking::bury(db, row.lease(), at, reason).await, "dead"),
        },
    };
    Ok(if kept.map_err(|e| e.to_string())? { label } else { LOST })
}

fn finished(row: &Claimed, label: &'static str, took: Duration) {
    metrics::counter!("jobs_finished_total", "kind" => row.kind.clone(), "outcome" => label).increment(1);
    metrics::histogram!("job_seconds", "kind" => row.kind.clone()).record(took.as_secs_f64());
    match label {
        "dead" => tracing::error!(job = %row.id, kind = row.kind, attempt = row.attempts, "job is dead"),
        _ => tracing::debug!(job = %row.id, kind = row.kind, attempt = row.attempts, label, "attempt ended"),
    }
}

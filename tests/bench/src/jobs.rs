//! Our ledger: how many jobs that do nothing it carries a second, and how soon a committed job starts.

use crate::asked::Asked;
use crate::load::Measured;
use crate::office::{Office, value};
use entities::clock::Clock;
use entities::database::{Database, DatabaseSettings};
use entities::jobs::{NewJob, Wake, insert};
use entities::writing::Batch;
use futures::channel::oneshot;
use rules::jobs::{Job, Queue};
use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use uuid::Uuid;
use workers::settings::Concurrency;
use workers::{Attempt, Deeds, Ledger, Outcome, WorkerSettings, run_deeds};

/// Deeds that only note when they were begun, in microseconds since 1970.
#[derive(Clone, Default)]
struct Nothing {
    clock: Clock,
    begun: Arc<Mutex<HashMap<Uuid, i64>>>,
}

impl Deeds for Nothing {
    async fn run(&self, job: Job, _: Attempt) -> Outcome {
        let at = self.clock.now().timestamp_micros();
        self.begun.lock().unwrap().insert(job.dossier().unwrap(), at);
        Outcome::Done
    }
}

/// Workers in this process until they are told to stop.
struct Crew {
    ledger: Ledger,
    deeds: Nothing,
    stop: oneshot::Sender<()>,
    working: tokio::task::JoinHandle<Result<(), workers::Error>>,
}

impl Crew {
    fn start(database: &Database) -> Self {
        let ledger = Ledger { database: database.clone(), clock: Clock::system(), wake: Wake::default() };
        let deeds = Nothing::default();
        let settings = WorkerSettings {
            concurrency: Concurrency { quick: 16, party: 0, heavy: 0 },
            batch: 100,
            schedule: false,
            ..WorkerSettings::default()
        };
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            let _ = stopped.await;
        };
        let working = tokio::spawn(run_deeds(ledger.clone(), deeds.clone(), settings, shutdown));
        Self { ledger, deeds, stop, working }
    }

    /// Waits until `count` deeds were begun and no job is left; asks the ledger only at the end.
    async fn finish(&self, count: u64) {
        let mut tick = tokio::time::interval(Duration::from_millis(10));
        loop {
            tick.tick().await;
            if (self.deeds.begun.lock().unwrap().len() as u64) < count {
                continue;
            }
            let left = "SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state <> 'done' LIMIT 1) AS left_over";
            if value::<i64>(&self.ledger.database, left).await == 0 {
                return;
            }
        }
    }

    async fn close(self) -> HashMap<Uuid, i64> {
        let _ = self.stop.send(());
        self.working.await.unwrap().unwrap();
        std::mem::take(&mut *self.deeds.begun.lock().unwrap())
    }
}

/// Jobs a second from the first claim to the last mark, with `count` of them due.
pub async fn throughput(office: &Office, count: u64) -> f64 {
    let db = office.database().await;
    for _ in 0..count.div_ceil(500) {
        let dossiers: Vec<Uuid> = (0..500).map(|_| Uuid::now_v7()).collect();
        commit(&db, &dossiers).await;
    }
    let begun = Instant::now();
    let crew = Crew::start(&db);
    crew.finish(count).await;
    let seconds = begun.elapsed().as_secs_f64();
    let done = crew.close().await.len();
    db.close().await.unwrap();
    done as f64 / seconds
}

/// From the commit of a job to the start of its deed in this process, with about forty jobs a second.
pub async fn latency(office: &Office, seconds: u64) -> Measured {
    let db = office.database().await;
    let crew = Crew::start(&db);
    let committed = push(&db, &crew.ledger.wake, seconds).await;
    crew.finish(seconds * 40).await;
    let begun = crew.close().await;
    db.close().await.unwrap();
    between(&committed, &begun, seconds)
}

/// The same with the jobs written by another process, whose rings Redis carries.
pub async fn latency_across(asked: &Asked, office: &Office, seconds: u64) -> Measured {
    let db = office.database().await;
    let crew = Crew::start(&db);
    let (wake, redis) = (crew.ledger.wake.clone(), asked.text("redis").to_owned());
    let relay = tokio::spawn(async move { workers::relay::run(wake, &redis).await });
    let mut order = Command::new(std::env::current_exe().unwrap());
    order.args(["--push", &office.url, "--redis", asked.text("redis"), "--seconds", &seconds.to_string()]);
    let told =
        tokio::task::spawn_blocking(move || order.stderr(Stdio::inherit()).output().unwrap()).await.unwrap();
    assert!(told.status.success());
    crew.finish(seconds * 40).await;
    relay.abort();
    let begun = crew.close().await;
    db.close().await.unwrap();
    let text = String::from_utf8(told.stdout).unwrap();
    let pairs = text.lines().map(|line| line.split_once(' ').unwrap());
    let committed: Vec<_> = pairs.map(|(id, at)| (id.parse().unwrap(), at.parse().unwrap())).collect();
    between(&committed, &begun, seconds)
}

/// The other process: writes jobs and prints when each was committed.
pub async fn push_as_process(asked: &Asked) {
    let settings = DatabaseSettings { url: asked.text("push").into(), ..DatabaseSettings::default() };
    let db = Database::connect(&settings).await.unwrap();
    let (wake, redis) = (Wake::default(), asked.text("redis").to_owned());
    let ringing = wake.clone();
    let relay = tokio::spawn(async move { workers::relay::run(ringing, &redis).await });
    for (dossier, at) in push(&db, &wake, asked.number("seconds", 4)).await {
        println!("{dossier} {at}");
    }
    relay.abort();
}

async fn push(db: &Database, wake: &Wake, seconds: u64) -> Vec<(Uuid, i64)> {
    let (mut tick, clock) = (tokio::time::interval(Duration::from_millis(25)), Clock::system());
    let mut committed = Vec::new();
    for _ in 0..seconds * 40 {
        tick.tick().await;
        let dossier = Uuid::now_v7();
        commit(db, &[dossier]).await;
        committed.push((dossier, clock.now().timestamp_micros()));
        wake.ring(Queue::Quick);
    }
    committed
}

async fn commit(db: &Database, dossiers: &[Uuid]) {
    let at = Clock::system().now();
    let job = |dossier: &Uuid| NewJob::new(Job::SendNotice { dossier: *dossier, entry: 1 }, at);
    let tx = db.begin().await.unwrap();
    let mut batch = Batch::default();
    batch.add_some(insert(dossiers.iter().map(job).collect(), at).unwrap());
    batch.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

fn between(committed: &[(Uuid, i64)], begun: &HashMap<Uuid, i64>, seconds: u64) -> Measured {
    // A deed may begin before the writer has noted the commit: then nothing was waited.
    let waited = committed.iter().map(|(job, at)| u64::try_from(begun[job] - at).unwrap_or(0));
    Measured::of(waited.collect(), seconds as f64)
}

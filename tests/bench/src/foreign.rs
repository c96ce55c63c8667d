//! The storages of apalis as they come, with the same number of jobs that do nothing.

use crate::asked::Asked;
use crate::load::Measured;
use crate::office::created;
use apalis::prelude::*;
use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::{TaskSink, ext::poll_strategy::IntervalStrategy};
use apalis_postgres::{PgPool, PostgresStorage};
use apalis_sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteStorage};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// When each job was begun.
type Begun = Arc<Mutex<HashMap<u64, Instant>>>;

async fn note(job: u64, begun: Data<Begun>) -> Result<(), BoxDynError> {
    begun.lock().unwrap().insert(job, Instant::now());
    Ok(())
}

/// Runs `count` jobs that wait already, then pushes forty a second: the storages share no trait that says so.
macro_rules! measured {
    ($storage:expr, $polled:expr, $left:expr, $count:expr, $seconds:expr) => {{
        let (begun, mut storage) = (Begun::default(), $storage);
        for chunk in 0..$count / 500 {
            storage.push_bulk((chunk * 500..(chunk + 1) * 500).collect::<Vec<u64>>()).await.unwrap();
        }
        let worker =
            WorkerBuilder::new("bench").backend($polled).concurrency(16).data(begun.clone()).build(note);
        let from = Instant::now();
        let working = tokio::spawn(worker.run());
        finish(&begun, $count, $left).await;
        let rate = $count as f64 / from.elapsed().as_secs_f64();
        let (mut tick, mut pushed) = (tokio::time::interval(Duration::from_millis(25)), Vec::new());
        for job in $count..$count + $seconds * 40 {
            tick.tick().await;
            storage.push(job).await.unwrap();
            pushed.push((job, Instant::now()));
        }
        finish(&begun, $count + $seconds * 40, $left).await;
        working.abort();
        let begun = begun.lock().unwrap();
        let waited = pushed.iter().map(|(job, at)| micros(begun[job].saturating_duration_since(*at)));
        (rate, Measured::of(waited.collect(), $seconds as f64))
    }};
}

/// On PostgreSQL with its notifications.
pub async fn postgres(asked: &Asked, count: u64, seconds: u64) -> (f64, Measured) {
    let url = created(asked.text("postgres"), "bench_apalis").await;
    let pool = PgPool::connect(&url).await.unwrap();
    PostgresStorage::setup(&pool).await.unwrap();
    let config = apalis_postgres::Config::default().queue("bench").batch_size(100);
    let storage = PostgresStorage::<u64>::new(&pool).with_config(config);
    let left = || async {
        let sql = "SELECT count(*) FROM apalis.jobs WHERE status <> 'Done'";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(&pool).await.unwrap()
    };
    measured!(storage.clone(), storage.with_pubsub(), left, count, seconds)
}

/// On SQLite, looking every tenth of a second; `tuned` drops the three indices that make it quadratic.
pub async fn sqlite(asked: &Asked, tuned: bool, count: u64, seconds: u64) -> (f64, Measured) {
    let pool = sqlite_pool(asked, tuned).await;
    let config = apalis_sqlite::Config::default().queue("bench").batch_size(100);
    let storage = SqliteStorage::<u64>::new(&pool).with_config(config);
    let left = || async {
        let sql = "SELECT count(*) FROM Jobs WHERE status <> 'Done'";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(&pool).await.unwrap()
    };
    let polled = storage.clone().poll_with_strategy(IntervalStrategy::new(Duration::from_millis(100)));
    measured!(storage, polled, left, count, seconds)
}

async fn sqlite_pool(asked: &Asked, tuned: bool) -> SqlitePool {
    let file = asked.folder().join(format!("apalis-{tuned}.db"));
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10));
    let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await.unwrap();
    // Its own set-up would switch synchronous off.
    SqliteStorage::migrations().run(&pool).await.unwrap();
    if tuned {
        for sql in ["DROP INDEX LIdx", "DROP INDEX idx_jobs_status_run_at", "DROP INDEX idx_jobs_claimable"] {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
    }
    pool
}

async fn finish<F: Future<Output = i64>>(begun: &Begun, count: u64, left: impl Fn() -> F) {
    let mut tick = tokio::time::interval(Duration::from_millis(10));
    loop {
        tick.tick().await;
        let all = begun.lock().unwrap().len() as u64 >= count;
        if all && left().await == 0 {
            return;
        }
    }
}

fn micros(waited: Duration) -> u64 {
    u64::try_from(waited.as_micros()).unwrap()
}

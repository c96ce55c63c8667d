//! Proofs that were shown, so that none is shown twice: here, and over Redis in every process.

use crate::problems::Problem;
use redis::Client;
use redis::aio::MultiplexedConnection;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Most proofs remembered at once; beyond it clients wait.
const MOST: usize = 100_000;

/// Longest a request waits for Redis.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long a Redis that failed is not asked.
const REST: Duration = Duration::from_secs(5);

/// The proofs that this process has seen.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    here: Mutex<HashMap<String, i64>>,
    there: tokio::sync::Mutex<There>,
}

/// The line to Redis.
#[derive(Debug, Default)]
struct There {
    line: Option<MultiplexedConnection>,
    resting: Option<Instant>,
}

/// Proofs as one request sees them.
pub(super) struct Used<'a> {
    pub(super) proofs: &'a Proofs,
    pub(super) redis: Option<&'a Client>,
    /// Seconds.
    pub(super) now: i64,
    /// Seconds by which clocks may differ.
    pub(super) leeway: i64,
}

impl Used<'_> {
    /// Takes a proof that could be shown again until `until`. False when it was taken before.
    ///
    /// 503 when so many proofs are remembered that one more could not be.
    pub(super) async fn take(&self, key: &str, until: i64) -> Result<bool, Problem> {
        if !self.proofs.take_here(key, until, self.now)? {
            return Ok(false);
        }
        match self.redis {
            Some(client) => Ok(self.proofs.take_there(client, key, until - self.now).await),
            None => Ok(true),
        }
    }
}

impl Proofs {
    fn take_here(&self, key: &str, until: i64, now: i64) -> Result<bool, Problem> {
        let mut here = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        if here.len() >= MOST {
            here.retain(|_, until| *until > now);
        }
        match here.get(key) {
            Some(_) => Ok(false),
            None if here.len() >= MOST => Err(Problem::unavailable(1)),
            None => Ok(here.insert(key.to_owned(), until).is_none()),
        }
    }

    /// True also while Redis is gone: then a proof is taken once by each process, for a minute.
    async fn take_there(&self, client: &Client, key: &str, seconds: i64) -> bool {
        let mut there = self.there.lock().await;
        if there.resting.is_some_and(|since| since.elapsed() < REST) {
            return true;
        }
        match tokio::time::timeout(PATIENCE, there.set(client, key, seconds)).await {
            Ok(Ok(taken)) => taken,
            failed => {
                *there = There { line: None, resting: Some(Instant::now()) };
                let late = failed.is_err();
                tracing::warn!(late, "Redis does not remember proofs; each process remembers its own");
                true
            }
        }
    }
}

impl There {
    async fn set(&mut self, client: &Client, key: &str, seconds: i64) -> redis::RedisResult<bool> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => client.get_multiplexed_async_connection().await?,
        };
        let mut command = redis::cmd("SET");
        command.arg(format!("motcua:proof:{key}")).arg(1).arg("NX").arg("EX").arg(seconds.max(1));
        let set: Option<String> = command.query_async(&mut line).await?;
        self.line = Some(line);
        Ok(set.is_some())
    }
}

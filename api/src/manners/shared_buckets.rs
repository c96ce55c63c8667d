//! The same buckets in Redis, so that all processes count one budget; without Redis each process counts its own.

use crate::manners::buckets::{Buckets, Caller, Debt, Draw};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use redis::aio::MultiplexedConnection;
use redis::{Client, RedisResult, Script};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Longest wait for a first line to Redis, and for a sign of life of one that was lost.
const GREETING: Duration = Duration::from_millis(500);

/// Between two looks whether Redis is back.
const REST: Duration = Duration::from_secs(1);

/// One round trip: read, judge and write all buckets of a request.
static TAKE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("shared_buckets.lua")));

/// The buckets of all processes, and those of this one.
pub(crate) struct SharedBuckets {
    here: Buckets,
    there: Option<Arc<There>>,
}

/// Redis as one process sees it.
struct There {
    client: Client,
    patience: Duration,
    names: Hmac<Sha256>,
    line: Mutex<Line>,
}

enum Line {
    Unasked,
    Up(MultiplexedConnection),
    /// Somebody is asking whether it is there.
    Down,
}

impl SharedBuckets {
    /// `patience_ms` is the longest that a request waits for Redis; `secret`, of 1 character at least, hides in it who asks.
    pub(crate) fn new(redis: Option<Client>, patience_ms: u64, secret: &SecretString) -> Self {
        let names = <Hmac<Sha256> as Mac>::new_from_slice(secret.expose_secret().as_bytes()).ok();
        let there = redis.zip(names).map(|(client, names)| {
            let patience = Duration::from_millis(patience_ms);
            Arc::new(There { client, patience, names, line: Mutex::new(Line::Unasked) })
        });
        Self { here: Buckets::default(), there }
    }

    /// Takes one request out of every bucket, or out of none when one of them is empty.
    ///
    /// What this process knows to be spent is not asked of Redis again.
    pub(crate) async fn take(&self, draws: &[Draw], at: DateTime<Utc>) -> Vec<Debt> {
        if let Some(spent) = self.here.spent(draws, at) {
            return spent;
        }
        let Some(there) = &self.there else { return self.here.take(draws, at) };
        match there.take(draws, at).await {
            Some(debts) => {
                self.here.note(draws, &debts, at);
                debts
            }
            None => self.here.take(draws, at),
        }
    }

    /// What the buckets owe, when one of them is known here to be empty.
    pub(crate) fn spent(&self, draws: &[Draw], at: DateTime<Utc>) -> Option<Vec<Debt>> {
        self.here.spent(draws, at)
    }
}

impl There {
    /// None while Redis is gone or slow.
    async fn take(self: &Arc<Self>, draws: &[Draw], at: DateTime<Utc>) -> Option<Vec<Debt>> {
        let mut line = self.line().await?;
        let mut call = TAKE.prepare_invoke();
        call.arg(at.timestamp_micros());
        for draw in draws {
            call.key(self.name(draw)).arg(draw.one()).arg(draw.whole());
        }
        let asked: Result<RedisResult<Vec<i64>>, _> =
            tokio::time::timeout(self.patience, call.invoke_async(&mut line)).await;
        match asked {
            Ok(Ok(told)) if told.len() == draws.len() * 2 => Some(debts(&told)),
            _ => {
                self.lost();
                None
            }
        }
    }

    /// The line, made by the first who asks; others count for themselves meanwhile.
    async fn line(self: &Arc<Self>) -> Option<MultiplexedConnection> {
        match &*self.held() {
            Line::Up(line) => return Some(line.clone()),
            Line::Down => return None,
            Line::Unasked => {}
        }
        match greeted(&self.client).await {
            Some(line) => {
                *self.held() = Line::Up(line.clone());
                Some(line)
            }
            None => {
                self.lost();
                None
            }
        }
    }

    /// Says so once, and looks for it until it is back.
    fn lost(self: &Arc<Self>) {
        if matches!(std::mem::replace(&mut *self.held(), Line::Down), Line::Down) {
            return;
        }
        tracing::warn!("Redis does not count requests; each process counts its own");
        let watched = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(REST).await;
                let Some(there) = watched.upgrade() else { return };
                if let Some(line) = greeted(&there.client).await {
                    *there.held() = Line::Up(line);
                    tracing::info!("Redis counts requests again, for all processes");
                    return;
                }
            }
        });
    }

    fn held(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of a bucket, from which nobody reads who asks.
    fn name(&self, draw: &Draw) -> String {
        let mut name = self.names.clone();
        name.update(b"budget");
        match draw.caller {
            Caller::Address(IpAddr::V4(short)) => name.update(&short.octets()),
            Caller::Address(IpAddr::V6(long)) => name.update(&long.octets()),
            Caller::Person(hash) | Caller::Client(hash) => name.update(&hash),
            Caller::Crowd => {}
        }
        let name = hex::encode(name.finalize().into_bytes());
        format!("motcua:budget:{}:{}", draw.policy.name(), name.get(..32).unwrap_or_default())
    }
}

/// A line that answers, or none in time.
async fn greeted(client: &Client) -> Option<MultiplexedConnection> {
    let greeting = async {
        let mut line = client.get_multiplexed_async_connection().await?;
        redis::cmd("PING").query_async::<()>(&mut line).await?;
        RedisResult::Ok(line)
    };
    tokio::time::timeout(GREETING, greeting).await.ok()?.ok()
}

fn debts(told: &[i64]) -> Vec<Debt> {
    let pairs = told.chunks_exact(2).filter_map(|pair| <&[i64; 2]>::try_from(pair).ok());
    pairs.map(|[owes, missing]| Debt { owes: *owes, missing: *missing }).collect()
}

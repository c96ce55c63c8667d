//! How many jobs at once, how long, how patient.

use rules::jobs::Queue;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::time::Duration;

/// Settings of the workers of one process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorkerSettings {
    /// Jobs at once on each queue.
    pub concurrency: Concurrency,
    /// Most jobs taken by one claim.
    pub batch: u32,
    /// Milliseconds between two looks at the ledger when no bell rings; the delay when Redis is gone.
    pub poll_ms: u64,
    /// Milliseconds a job is held before another worker may take it; renewed at a third while the deed runs.
    pub lease_ms: u64,
    /// Milliseconds a deed may take.
    pub timeout_ms: u64,
    /// Milliseconds for single kinds, such as `inspect_file = 300000`.
    pub timeouts_ms: BTreeMap<String, u64>,
    /// Milliseconds that deeds under way get to end when the process closes.
    pub drain_ms: u64,
    /// Seconds before the second attempt; each further delay is twice the last.
    pub first_delay_seconds: u64,
    /// Longest delay between attempts, in seconds.
    pub longest_delay_seconds: u64,
    /// Whether this process writes the jobs of the schedule; any number may, a tick makes one job.
    pub schedule: bool,
}

/// Jobs at once, by queue; 0 leaves the queue to other processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Concurrency {
    /// Short deeds.
    pub quick: usize,
    /// Calls to slow parties.
    pub party: usize,
    /// Deeds that eat the processor: as many as there are cores when absent.
    pub heavy: usize,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self {
            concurrency: Concurrency::default(),
            batch: 50,
            poll_ms: 1_000,
            lease_ms: 30_000,
            timeout_ms: 60_000,
            timeouts_ms: BTreeMap::new(),
            drain_ms: 30_000,
            first_delay_seconds: 10,
            longest_delay_seconds: 6 * 3_600,
            schedule: true,
        }
    }
}

impl Default for Concurrency {
    fn default() -> Self {
        Self { quick: 8, party: 16, heavy: processors() }
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, NonZero::get)
}

/// Deeds that hold each of their steps to a time of its own.
const LONG: [&str; 3] = ["normalise_paper", "recognise_text", "check_signatures"];

/// A page and the binding of a long paper fit well into a quarter of an hour.
const LONG_MS: u64 = 900_000;

impl WorkerSettings {
    /// Jobs at once on a queue.
    pub fn concurrency(&self, queue: Queue) -> usize {
        match queue {
            Queue::Quick => self.concurrency.quick,
            Queue::Party => self.concurrency.party,
            Queue::Heavy => self.concurrency.heavy,
            // No worker of its own: see `Queue::behind`.
            Queue::Backlog => 0,
        }
    }

    /// How long a deed of `kind` may take.
    pub fn timeout(&self, kind: &str) -> Duration {
        let usual = if LONG.contains(&kind) { LONG_MS.max(self.timeout_ms) } else { self.timeout_ms };
        Duration::from_millis(self.timeouts_ms.get(kind).copied().unwrap_or(usual))
    }

    /// How long a claim or a renewal holds.
    pub fn lease(&self) -> Duration {
        Duration::from_millis(self.lease_ms.max(30))
    }

    /// Between two looks without a ring.
    pub fn poll(&self) -> Duration {
        Duration::from_millis(self.poll_ms.max(1))
    }

    /// What deeds under way get when the process closes.
    pub fn drain(&self) -> Duration {
        Duration::from_millis(self.drain_ms)
    }
}

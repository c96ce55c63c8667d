//! The place of one worker: its queue, its name, and its claims.

use crate::finishing::Finisher;
use crate::ledger::Ledger;
use crate::settings::WorkerSettings;
use chrono::{DateTime, Utc};
use entities::clock::Clock;
use entities::jobs::claiming::{Claim, Claimed, claim};
use entities::jobs::marking;
use rules::jobs::Queue;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// What the backend and the attending of one queue share.
#[derive(Debug)]
pub(crate) struct Station {
    pub(crate) ledger: Ledger,
    pub(crate) settings: Arc<WorkerSettings>,
    pub(crate) queue: Queue,
    /// Unique per boot: a lease of an earlier life is never taken for one of this.
    pub(crate) worker: String,
    pub(crate) closing: CancellationToken,
    pub(crate) finisher: Finisher,
    slots: Arc<Semaphore>,
    machine: Clock,
}

/// A claimed job and the place it takes among those in flight.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) row: Claimed,
    _slot: OwnedSemaphorePermit,
}

impl Station {
    /// Must be called within the runtime.
    pub(crate) fn new(ledger: Ledger, settings: Arc<WorkerSettings>, queue: Queue) -> Self {
        let worker = format!("{}-{}", queue.key(), Uuid::now_v7().simple());
        Self {
            finisher: Finisher::start(ledger.clone(), worker.clone()),
            ledger,
            queue,
            worker,
            closing: CancellationToken::new(),
            slots: Arc::new(Semaphore::new(settings.concurrency(queue))),
            machine: Clock::system(),
            settings,
        }
    }

    /// The end of a lease that begins now, in the machine's time.
    pub(crate) fn lease_until(&self) -> DateTime<Utc> {
        self.machine.now() + self.settings.lease()
    }

    /// Whether a lease is over.
    pub(crate) fn is_past(&self, lease_until: DateTime<Utc>) -> bool {
        self.machine.now() >= lease_until
    }

    /// The next jobs, as soon as there are some and a place is free; none only when the worker is closing.
    pub(crate) async fn next(&self, bell: &mut watch::Receiver<u64>) -> Vec<Held> {
        loop {
            let Some(slots) = self.free_slots().await else {
                return Vec::new();
            };
            // Seen before the claim, so that a ring during it is not lost.
            bell.mark_unchanged();
            let held = self.claim(slots).await;
            if !held.is_empty() || !self.wait(bell).await {
                return held;
            }
        }
    }

    /// Waits for one place and takes along those that are free, up to a batch.
    async fn free_slots(&self) -> Option<Vec<OwnedSemaphorePermit>> {
        let first = tokio::select! {
            biased;
            () = self.closing.cancelled() => return None,
            slot = self.slots.clone().acquire_owned() => slot.ok()?,
        };
        let mut slots = vec![first];
        let batch = usize::try_from(self.settings.batch).unwrap_or(1);
        while slots.len() < batch {
            let Ok(slot) = self.slots.clone().try_acquire_owned() else { break };
            slots.push(slot);
        }
        Some(slots)
    }

    /// A database that does not answer is waited for: the worker must outlive its restart.
    async fn claim(&self, slots: Vec<OwnedSemaphorePermit>) -> Vec<Held> {
        let mut rows = self.claim_of(self.queue, slots.len()).await;
        if let Some(behind) = self.queue.behind().filter(|_| rows.len() < slots.len()) {
            rows.extend(self.claim_of(behind, slots.len() - rows.len()).await);
        }
        rows.into_iter().zip(slots).map(|(row, slot)| Held { row, _slot: slot }).collect()
    }

    async fn claim_of(&self, queue: Queue, places: usize) -> Vec<Claimed> {
        let asked = Claim {
            queue,
            worker: &self.worker,
            limit: u32::try_from(places).unwrap_or(u32::MAX),
            at: self.ledger.clock.now(),
            lease_until: self.lease_until(),
        };
        match claim(self.ledger.database.writer(), &asked).await {
            Ok(rows) => {
                metrics::counter!("jobs_claimed_total", "queue" => queue.key())
                    .increment(rows.len().try_into().unwrap_or(0));
                rows
            }
            Err(error) => {
                tracing::warn!(queue = queue.key(), %error, "no jobs could be claimed; trying again");
                Vec::new()
            }
        }
    }

    /// Until the bell rings or the next look is due; false when the worker is closing.
    async fn wait(&self, bell: &mut watch::Receiver<u64>) -> bool {
        tokio::select! {
            biased;
            () = self.closing.cancelled() => false,
            _ = bell.changed() => true,
            () = tokio::time::sleep(self.settings.poll()) => true,
        }
    }

    /// Gives back what was claimed and not finished.
    pub(crate) async fn release(&self) {
        match marking::release(self.ledger.database.writer(), &self.worker).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(worker = self.worker, rows, "gave jobs back on closing"),
            Err(error) => {
                tracing::warn!(worker = self.worker, %error, "could not give jobs back; their leases will end");
            }
        }
        self.ledger.wake.ring(self.queue);
    }
}

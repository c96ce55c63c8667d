//! Telling workers at once that jobs were committed; losing a ring only costs the time until the next poll.

use rules::jobs::Queue;
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

/// A bell per queue; cheap to clone, one per process.
#[derive(Debug, Clone)]
pub struct Wake(Arc<Bells>);

#[derive(Debug)]
struct Bells {
    quick: watch::Sender<u64>,
    party: watch::Sender<u64>,
    heavy: watch::Sender<u64>,
    outward: broadcast::Sender<Queue>,
}

impl Default for Wake {
    fn default() -> Self {
        let bell = || watch::Sender::new(0);
        let outward = broadcast::Sender::new(OUTWARD);
        Self(Arc::new(Bells { quick: bell(), party: bell(), heavy: bell(), outward }))
    }
}

/// Rings kept for a slow relay; a ring carries no news but that there are jobs, so the rest may go.
const OUTWARD: usize = 64;

impl Wake {
    /// Wakes the workers of a queue here and, through the relay, in other processes. Call it after the commit.
    pub fn ring(&self, queue: Queue) {
        self.ring_here(queue);
        // Nobody listens when there is no relay.
        let _ = self.0.outward.send(queue);
    }

    /// Rings each queue of `queues`.
    pub fn ring_all(&self, queues: impl IntoIterator<Item = Queue>) {
        for queue in queues {
            self.ring(queue);
        }
    }

    /// Wakes only the workers of this process: the ring came from outside, or concerns nobody else.
    pub fn ring_here(&self, queue: Queue) {
        self.bell(queue).send_modify(|rings| *rings = rings.wrapping_add(1));
    }

    /// For a worker: `changed()` returns after a ring, also one between two waits.
    pub fn listen(&self, queue: Queue) -> watch::Receiver<u64> {
        self.bell(queue).subscribe()
    }

    /// For the relay: the rings of this process.
    pub fn outward(&self) -> broadcast::Receiver<Queue> {
        self.0.outward.subscribe()
    }

    fn bell(&self, queue: Queue) -> &watch::Sender<u64> {
        match queue {
            Queue::Quick => &self.0.quick,
            Queue::Party => &self.0.party,
            // One worker sees to both.
            Queue::Heavy | Queue::Backlog => &self.0.heavy,
        }
    }
}

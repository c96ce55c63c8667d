//! Everything deeds work with.

use crate::deed::{Attempt, Deeds, Outcome};
use crate::deeds;
use crate::running::Ledger;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::Wake;
use rules::jobs::Job;

/// The office's memory, time and bell, and the wires that leave the house; cheap to clone.
#[derive(Debug, Clone)]
pub struct Hands {
    /// The memory.
    pub database: Database,
    /// The office's time.
    pub clock: Clock,
    /// To ring after writing further jobs.
    pub wake: Wake,
}

impl Hands {
    /// Where the jobs come from.
    pub fn ledger(&self) -> Ledger {
        Ledger { database: self.database.clone(), clock: self.clock.clone(), wake: self.wake.clone() }
    }
}

impl Deeds for Hands {
    async fn run(&self, job: Job, attempt: Attempt) -> Outcome {
        deeds::run(self, job, attempt).await
    }
}

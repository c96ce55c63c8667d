//! Writes the ends of finished jobs together: one commit for all that ended while the last one was written.

use crate::ledger::Ledger;
use entities::Error;
use entities::jobs::marking::{self, Finished};
use std::collections::BTreeSet;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// The way to the writer of a worker; its task ends when the last of these is gone.
#[derive(Debug)]
pub(crate) struct Finisher(mpsc::UnboundedSender<Request>);

type Request = (Finished, oneshot::Sender<bool>);

/// Most ends in one statement; two values each, far below what both engines bind.
const TOGETHER: usize = 100;

impl Finisher {
    pub(crate) fn start(ledger: Ledger, worker: String) -> Self {
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(write_for_ever(ledger, worker, asked));
        Self(ask)
    }

    /// Whether the end was written; false when the lease was lost, none when the database did not take it.
    pub(crate) async fn finish(&self, job: Finished) -> Option<bool> {
        let (answer, answered) = oneshot::channel();
        self.0.send((job, answer)).ok()?;
        answered.await.ok()
    }
}

async fn write_for_ever(ledger: Ledger, worker: String, mut asked: mpsc::UnboundedReceiver<Request>) {
    let mut requests = Vec::new();
    while asked.recv_many(&mut requests, TOGETHER).await > 0 {
        match write(&ledger, &worker, &requests).await {
            Ok(written) => answer(requests.drain(..), &written),
            // Whoever asked sees the channel close and asks again.
            Err(error) => {
                tracing::warn!(worker, %error, "the ends of jobs could not be written");
                requests.clear();
            }
        }
    }
}

async fn write(ledger: &Ledger, worker: &str, requests: &[Request]) -> Result<BTreeSet<Uuid>, Error> {
    let jobs: Vec<Finished> = requests.iter().map(|(job, _)| *job).collect();
    let written = marking::done_all(ledger.database.writer(), worker, &jobs, ledger.clock.now()).await?;
    Ok(written.into_iter().collect())
}

fn answer(requests: impl Iterator<Item = Request>, written: &BTreeSet<Uuid>) {
    for (job, answer) in requests {
        // An attempt that was cut off meanwhile no longer listens.
        let _ = answer.send(written.contains(&job.id));
    }
}

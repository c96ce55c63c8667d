//! What must be looked at from time to time: ended leases, the schedule, the counts.

use crate::ledger::Ledger;
use crate::settings::WorkerSettings;
use entities::Error;
use entities::clock::Clock;
use entities::jobs::row::State;
use entities::jobs::{claiming, review, schedule};
use rules::jobs::Queue;
use tokio_util::sync::CancellationToken;

/// Looks after the ledger until `closing`. Every process does: each step is safe beside itself.
pub(crate) async fn look_after(ledger: Ledger, settings: &WorkerSettings, closing: CancellationToken) {
    let machine = Clock::system();
    let mut look = tokio::time::interval(settings.poll());
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut unwritten = settings.schedule;
    let mut looks = 0_u32;
    while closing.run_until_cancelled(look.tick()).await.is_some() {
        let round = async {
            take_back(&ledger, &machine).await?;
            if settings.schedule {
                keep_schedule(&ledger, &mut unwritten).await?;
            }
            if looks.is_multiple_of(COUNT_EVERY) {
                publish(review::counts(ledger.database.reader()).await?);
            }
            Ok::<(), Error>(())
        };
        if let Err(error) = round.await {
            tracing::warn!(%error, "the ledger could not be looked after; trying again");
        }
        looks = looks.wrapping_add(1);
    }
}

/// Counting reads every open row, so not at each look.
const COUNT_EVERY: u32 = 10;

async fn take_back(ledger: &Ledger, machine: &Clock) -> Result<(), Error> {
    let taken = claiming::expire(ledger.database.writer(), machine.now(), ledger.clock.now()).await?;
    if taken > 0 {
        ledger.wake.ring_all(Queue::ALL);
    }
    Ok(())
}

async fn keep_schedule(ledger: &Ledger, unwritten: &mut bool) -> Result<(), Error> {
    let at = ledger.clock.now();
    if *unwritten {
        schedule::ensure(ledger.database.writer(), &schedule::usual(), at).await?;
        *unwritten = false;
    }
    ledger.wake.ring_all(schedule::tick(&ledger.database, at).await?);
    Ok(())
}

/// A gauge that is not written keeps its last value, so absent counts are written as zero.
fn publish(counts: Vec<review::Count>) {
    for queue in Queue::ALL {
        for state in [State::Ready, State::Running, State::Dead] {
            let found = counts.iter().find(|count| count.queue == queue.key() && count.state == state);
            let number = found.and_then(|count| u32::try_from(count.number).ok()).unwrap_or(0);
            metrics::gauge!("jobs_waiting", "queue" => queue.key(), "state" => state.key())
                .set(f64::from(number));
        }
    }
}

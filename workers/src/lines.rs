//! The lines to the parties: states that administrators set come in, how the calls went is written down.

use crate::ledger::Ledger;
use connectors::line::{Line, News, Rest};
use connectors::registry;
use entities::Error;
use entities::connectors::{DayOfCalls, Said, Told, calls, states};
use entities::jobs::waiting;
use rules::jobs::Queue;
use sea_orm::DatabaseTransaction;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Looks after the lines of a process until it is ended. Every process that calls parties does, an API like a worker.
#[derive(Debug)]
pub struct Keeping {
    closing: CancellationToken,
    task: JoinHandle<()>,
}

impl Keeping {
    /// Looks every `look`, and at least every two seconds. Must be called within the runtime.
    ///
    /// What a process that is killed had not written down yet, the calls of the last look, is not counted.
    pub fn start(ledger: Ledger, lines: BTreeMap<String, Line>, look: Duration) -> Self {
        let closing = CancellationToken::new();
        let task = tokio::spawn(keep(ledger, lines, look.min(LONGEST), closing.clone()));
        Self { closing, task }
    }

    /// Writes down the last calls and ends.
    pub async fn end(self) {
        self.closing.cancel();
        if let Err(error) = self.task.await {
            tracing::warn!(%error, "the lines to the parties were not looked after to the end");
        }
    }
}

/// A change of state is noticed within five seconds, whatever the settings of the workers.
const LONGEST: Duration = Duration::from_secs(2);

async fn keep(ledger: Ledger, lines: BTreeMap<String, Line>, look: Duration, closing: CancellationToken) {
    let mut look = tokio::time::interval(look);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut seen = BTreeMap::new();
    while closing.run_until_cancelled(look.tick()).await.is_some() {
        let round = async {
            follow(&ledger, &lines, &mut seen).await?;
            write(&ledger, &lines).await
        };
        if let Err(error) = round.await {
            tracing::warn!(%error, "the lines to the parties could not be looked after; trying again");
        }
    }
    if let Err(error) = write(&ledger, &lines).await {
        tracing::warn!(%error, "the last calls to the parties could not be written down");
    }
}

/// Sets every line as the table says; work for a party that came into use is brought forward.
pub async fn follow(
    ledger: &Ledger,
    lines: &BTreeMap<String, Line>,
    seen: &mut BTreeMap<String, Said>,
) -> Result<(), Error> {
    let said = states::said(ledger.database.reader()).await?;
    for (key, line) in lines {
        let now = said.get(key).cloned().unwrap_or_default();
        line.set(now.state, now.services.clone());
        // Also at the first look: what waited for a party that was not set up, or for an earlier process.
        if seen.get(key) != Some(&now) {
            bring_forward(ledger, key).await?;
            seen.insert(key.clone(), now);
        }
    }
    Ok(())
}

/// Jobs wait for a connector by its key, and for one that was not set up by its kind.
async fn bring_forward(ledger: &Ledger, key: &str) -> Result<(), Error> {
    let kind = registry::find(key).map(|entry| entry.kind.key());
    let mut moved = 0;
    for party in [Some(key), kind].into_iter().flatten() {
        moved += waiting::bring_forward(ledger.database.writer(), party, ledger.clock.now()).await?;
    }
    if moved > 0 {
        ledger.wake.ring_all(Queue::ALL);
    }
    Ok(())
}

/// Writes down how the calls went since the last time; what cannot be written is kept for the next.
pub async fn write(ledger: &Ledger, lines: &BTreeMap<String, Line>) -> Result<(), Error> {
    for (key, line) in lines {
        let news = line.take_news();
        if news.is_empty() {
            continue;
        }
        if let Err(error) = write_one(ledger, key, line, &news).await {
            line.give_back(news);
            return Err(error);
        }
    }
    Ok(())
}

async fn write_one(ledger: &Ledger, key: &str, line: &Line, news: &News) -> Result<(), Error> {
    let tx = ledger.database.begin().await?;
    write_days(&tx, key, news).await?;
    let health = news.health.clone();
    let told = Told {
        answered_at: health.answered_at,
        took_ms: health.took_ms.map(number),
        failed_at: health.failed_at,
        failed_with: health.failed_with,
        resting_until: match line.rest() {
            Rest::Until(until) => Some(until),
            Rest::Awake | Rest::Trying => None,
        },
    };
    calls::tell(&tx, key, &told, ledger.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn write_days(tx: &DatabaseTransaction, key: &str, news: &News) -> Result<(), Error> {
    for ((service, day), counts) in &news.days {
        let day = DayOfCalls {
            key: key.to_owned(),
            service: service.clone(),
            day: *day,
            answered: number(counts.answered),
            refused: number(counts.refused),
            failed: number(counts.failed),
            took_ms: number(counts.took_ms),
        };
        calls::add(tx, &day).await?;
    }
    Ok(())
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

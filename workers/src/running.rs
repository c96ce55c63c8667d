//! The workers of one process: one apalis worker per queue under a monitor, and the caretaker.

use crate::attending::attend;
use crate::backend::LedgerBackend;
use crate::caretaking::look_after;
use crate::deed::Deeds;
use crate::hands::Hands;
pub(crate) use crate::ledger::Ledger;
use crate::lines::Keeping;
use crate::settings::WorkerSettings;
use crate::station::{Held, Station};
use apalis::layers::tracing::TraceLayer;
use apalis_core::monitor::Monitor;
use apalis_core::task::Task;
use apalis_core::worker::builder::WorkerBuilder;
use rules::jobs::Queue;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The workers could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A worker ended before it was told to.
    #[error("workers: {0}")]
    Monitor(String),
}

/// Runs the office's deeds until `shutdown`, then lets those under way end and gives the rest back.
pub async fn run(
    hands: Hands,
    settings: WorkerSettings,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), Error> {
    let ledger = hands.ledger();
    let keeping = Keeping::start(ledger.clone(), hands.wires.lines.clone(), settings.poll());
    let ended = run_deeds(ledger, hands, settings, shutdown).await;
    keeping.end().await;
    ended
}

/// The same with any deeds.
pub async fn run_deeds<D: Deeds>(
    ledger: Ledger,
    deeds: D,
    settings: WorkerSettings,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), Error> {
    let settings = Arc::new(settings);
    let deeds = Arc::new(deeds);
    let stations = stations(&ledger, &settings);
    let closing = CancellationToken::new();
    let drain = settings.drain();
    let monitor = stations.iter().fold(Monitor::new().should_restart(|_, _| true), |monitor, station| {
        register(monitor, station, &deeds)
    });
    let monitor = monitor.with_terminator(async move { tokio::time::sleep(drain).await });
    let working = async {
        let ended = monitor.run_with_signal(signal(shutdown, &stations)).await;
        closing.cancel();
        ended
    };
    let (ended, ()) = futures::join!(working, look_after(ledger, &settings, closing.clone()));
    // After a drain that took too long deeds were cut off: what they held goes back too.
    for station in &stations {
        station.release().await;
    }
    ended.map_err(|e| Error::Monitor(e.to_string()))
}

fn stations(ledger: &Ledger, settings: &Arc<WorkerSettings>) -> Vec<Arc<Station>> {
    let wanted = Queue::ALL.into_iter().filter(|queue| settings.concurrency(*queue) > 0);
    wanted.map(|queue| Arc::new(Station::new(ledger.clone(), settings.clone(), queue))).collect()
}

/// From the signal on nothing more is claimed, also while deeds under way still end.
async fn signal(shutdown: impl Future<Output = ()>, stations: &[Arc<Station>]) -> std::io::Result<()> {
    shutdown.await;
    stations.iter().for_each(|station| station.closing.cancel());
    Ok(())
}

fn register<D: Deeds>(monitor: Monitor, station: &Arc<Station>, deeds: &Arc<D>) -> Monitor {
    let station = station.clone();
    let deeds = deeds.clone();
    monitor.register(move |_| {
        let (place, deeds) = (station.clone(), deeds.clone());
        WorkerBuilder::new(station.worker.as_str())
            .backend(LedgerBackend::new(station.clone()))
            .layer(TraceLayer::new().make_span_with(span))
            .build(move |held: Held| {
                let (place, deeds) = (place.clone(), deeds.clone());
                async move { attend(&place, deeds, held).await }
            })
    })
}

fn span(task: &Task<Held>) -> tracing::Span {
    let row = &task.args.row;
    tracing::info_span!("job", id = %row.id, kind = row.kind, attempt = row.attempts, traceparent = row.traceparent)
}

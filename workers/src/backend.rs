//! The apalis backend over the ledger: it hands claimed jobs to the worker and gives the rest back on closing.

use crate::station::{Held, Station};
use apalis_core::backend::finalize::Ephemeral;
use apalis_core::backend::{Backend, BackendConfig};
use apalis_core::task::Task;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::task_id::{RandomId, TaskId};
use apalis_core::worker::context::WorkerContext;
use futures::future::BoxFuture;
use futures::{FutureExt, ready};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_layer::Identity;

/// One queue of the ledger as apalis sees it. It never fails: what goes wrong is waited for and tried again.
pub(crate) struct LedgerBackend {
    station: Arc<Station>,
    claimed: VecDeque<Held>,
    step: Step,
}

/// A claim is a task of its own: a closing worker polls its backend no more until the deeds under way have ended, and
/// a claim that nobody polls would keep the one connection in which they want to write their end.
enum Step {
    Claiming(JoinSet<(Vec<Held>, watch::Receiver<u64>)>),
    Releasing(BoxFuture<'static, ()>),
}

impl LedgerBackend {
    pub(crate) fn new(station: Arc<Station>) -> Self {
        let bell = station.ledger.wake.listen(station.queue);
        Self { step: claiming(station.clone(), bell), station, claimed: VecDeque::new() }
    }
}

fn claiming(station: Arc<Station>, mut bell: watch::Receiver<u64>) -> Step {
    let mut next = JoinSet::new();
    next.spawn(async move {
        let held = station.next(&mut bell).await;
        (held, bell)
    });
    Step::Claiming(next)
}

impl Backend for LedgerBackend {
    type Task = Task<Held>;
    type Error = Infallible;

    fn poll_ready(&mut self, _: &mut Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Task<Held>, Infallible>>> {
        loop {
            if let Some(held) = self.claimed.pop_front() {
                return Poll::Ready(Some(Ok(task(held))));
            }
            let Step::Claiming(next) = &mut self.step else {
                return Poll::Ready(None);
            };
            let claimed = ready!(next.poll_join_next(cx)).and_then(Result::ok);
            let Some((held, bell)) = claimed.filter(|(held, _)| !held.is_empty()) else {
                return Poll::Ready(None);
            };
            self.claimed.extend(held);
            self.step = claiming(self.station.clone(), bell);
        }
    }

    /// A claim under way is heard out, else its rows would wait for the end of a lease that nobody uses.
    fn poll_close(&mut self, cx: &mut Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        self.station.closing.cancel();
        if let Step::Claiming(next) = &mut self.step {
            drop(ready!(next.poll_join_next(cx)));
            self.claimed.clear();
            let station = self.station.clone();
            self.step = Step::Releasing(async move { station.release().await }.boxed());
        }
        if let Step::Releasing(release) = &mut self.step {
            ready!(release.poll_unpin(cx));
        }
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for LedgerBackend {
    type Args = Held;
    type Id = RandomId;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}

fn task(held: Held) -> Task<Held> {
    let id = TaskId::from_string(held.row.id.to_string());
    let attempt = usize::try_from(held.row.attempts).unwrap_or_default();
    TaskBuilder::new(held).task_id(id).attempt(attempt).build()
}

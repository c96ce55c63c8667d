//! A ledger with a clock, workers whose deeds are scripted, and waiting for what must become true.

use crate::support::clock::{opening, standing};
use crate::support::database::TestDatabase;
use chrono::{DateTime, TimeDelta, Utc};
use entities::clock::Clock;
use entities::jobs::claiming::{Claim, Claimed, claim};
use entities::jobs::row::{Entity, Model, State};
use entities::jobs::{NewJob, Wake, insert};
use futures::future::BoxFuture;
use rules::jobs::{Job, Queue};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, Statement};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;
use workers::{Attempt, Deeds, Ledger, Outcome, WorkerSettings, run_deeds};

/// Nothing in these tests takes longer on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Scene {
    pub database: Arc<TestDatabase>,
    pub clock: Clock,
    pub wake: Wake,
    pub deeds: Scripted,
}

impl Scene {
    pub async fn new() -> Self {
        Self {
            database: Arc::new(TestDatabase::fresh().await),
            clock: standing(),
            wake: Wake::default(),
            deeds: Scripted::default(),
        }
    }

    /// Writes jobs as an act does, without ringing.
    pub async fn write(&self, rows: Vec<NewJob>) {
        let tx = self.database.begin().await.unwrap();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some = rows.by_ref().take(1_000).collect();
            tx.execute(&insert(some, self.clock.now()).unwrap().unwrap()).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Writes jobs due now and rings.
    pub async fn order(&self, jobs: impl IntoIterator<Item = Job>) {
        let jobs: Vec<Job> = jobs.into_iter().collect();
        let queues: Vec<Queue> = jobs.iter().map(Job::queue).collect();
        self.write(jobs.into_iter().map(|job| NewJob::new(job, opening())).collect()).await;
        self.wake.ring_all(queues);
    }

    /// Takes jobs as a worker of that name, for a lease of half a minute from the office's opening.
    pub async fn claim(&self, worker: &str, queue: Queue, limit: u32) -> Vec<Claimed> {
        let asked = Claim { queue, worker, limit, at: self.clock.now(), lease_until: lease_end() };
        claim(self.database.writer(), &asked).await.unwrap()
    }

    /// Every row, in the order of writing.
    pub async fn rows(&self) -> Vec<Model> {
        use entities::jobs::row::Column;
        Entity::find().order_by_asc(Column::Id).all(self.database.reader()).await.unwrap()
    }

    pub async fn states(&self) -> Vec<State> {
        self.rows().await.into_iter().map(|row| row.state).collect()
    }

    pub async fn execute(&self, sql: &str) {
        let statement = Statement::from_string(self.database.backend(), sql);
        self.database.writer().execute_raw(statement).await.unwrap();
    }

    /// Waits until the rows are as wanted and returns them.
    pub async fn until(&self, wanted: impl Fn(&[Model]) -> bool) -> Vec<Model> {
        let mut look = tokio::time::interval(Duration::from_millis(5));
        let waiting = async {
            loop {
                look.tick().await;
                let rows = self.rows().await;
                if wanted(&rows) {
                    return rows;
                }
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(rows) => rows,
            Err(_) => panic!("never came true; the rows: {:#?}", self.rows().await),
        }
    }

    pub async fn until_all(&self, state: State) -> Vec<Model> {
        self.until(|rows| rows.iter().all(|row| row.state == state)).await
    }

    /// Waits until a statement of this database waits for a lock; PostgreSQL only.
    pub async fn until_blocked(&self) {
        let waiting = "SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() \
            AND wait_event_type = 'Lock'";
        let mut look = tokio::time::interval(Duration::from_millis(5));
        loop {
            look.tick().await;
            let statement = Statement::from_string(self.database.backend(), waiting);
            if self.database.reader().query_one_raw(statement).await.unwrap().is_some() {
                return;
            }
        }
    }

    /// As [`Scene::until_all`], while the database may refuse to answer; tells how many.
    pub async fn until_all_again(&self, state: State) -> usize {
        let mut look = tokio::time::interval(Duration::from_millis(20));
        let waiting = async {
            loop {
                look.tick().await;
                let rows = Entity::find().all(self.database.reader()).await.unwrap_or_default();
                if !rows.is_empty() && rows.iter().all(|row| row.state == state) {
                    return rows.len();
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap()
    }

    /// Starts the workers of one process on this ledger.
    pub fn hire(&self, settings: WorkerSettings) -> Crew {
        let ledger = Ledger {
            database: (**self.database).clone(),
            clock: self.clock.clone(),
            wake: self.wake.clone(),
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async move {
            let _ = stopped.await;
        };
        let running = tokio::spawn(run_deeds(ledger, self.deeds.clone(), settings, shutdown));
        Crew { stop, running, _database: self.database.clone() }
    }
}

/// The end of a lease claimed by [`Scene::claim`].
pub fn lease_end() -> DateTime<Utc> {
    opening() + TimeDelta::seconds(30)
}

/// Quick looks, short leases: the tests wait for what these cause.
pub fn brisk() -> WorkerSettings {
    WorkerSettings {
        poll_ms: 20,
        lease_ms: 10_000,
        drain_ms: 20_000,
        schedule: false,
        ..WorkerSettings::default()
    }
}

/// The workers of one process.
pub struct Crew {
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<(), workers::Error>>,
    _database: Arc<TestDatabase>,
}

impl Crew {
    pub async fn dismiss(self) {
        let _ = self.stop.send(());
        tokio::time::timeout(PATIENCE, self.running).await.unwrap().unwrap().unwrap();
    }

    /// As when the process is killed: nothing is written any more.
    pub async fn kill(self) {
        self.running.abort();
        let _ = self.running.await;
    }
}

type Script = Arc<dyn Fn(Job, Attempt) -> BoxFuture<'static, Outcome> + Send + Sync>;

/// Deeds that follow a script and keep a diary.
#[derive(Clone)]
pub struct Scripted {
    script: Arc<Mutex<Script>>,
    diary: Arc<Mutex<Vec<String>>>,
}

impl Default for Scripted {
    fn default() -> Self {
        let done: Script = Arc::new(|_, _| Box::pin(async { Outcome::Done }));
        Self { script: Arc::new(Mutex::new(done)), diary: Arc::default() }
    }
}

impl Scripted {
    pub fn play<F>(&self, script: impl Fn(Job, Attempt) -> F + Send + Sync + 'static)
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        *self.script.lock().unwrap() = Arc::new(move |job, attempt| Box::pin(script(job, attempt)));
    }

    pub fn diary(&self) -> Vec<String> {
        self.diary.lock().unwrap().clone()
    }
}

impl Deeds for Scripted {
    async fn run(&self, job: Job, attempt: Attempt) -> Outcome {
        let name = name(&job);
        self.diary.lock().unwrap().push(format!("begin {name}"));
        let script = self.script.lock().unwrap().clone();
        let outcome = script(job, attempt).await;
        self.diary.lock().unwrap().push(format!("end {name}"));
        outcome
    }
}

fn name(job: &Job) -> String {
    match job {
        Job::PushToPortal { dossier, entry } | Job::SendNotice { dossier, entry } => {
            format!("{}/{entry}", dossier.as_u128())
        }
        other => other.kind().into(),
    }
}

/// A push for the dossier numbered `dossier`: ordered by dossier.
pub fn push(dossier: u128, entry: i32) -> Job {
    Job::PushToPortal { dossier: Uuid::from_u128(dossier), entry }
}

/// Work without an order.
pub fn inspect(file: u128) -> Job {
    Job::InspectFile { file: Uuid::from_u128(file) }
}

pub fn due(job: Job) -> NewJob {
    NewJob::new(job, opening())
}

//! A worker that closes does not stand in its own way: with one connection, as SQLite has for writing.

use super::waiting::until;
use crate::support::clock::{opening, standing};
use crate::support::database::TestDatabase;
use entities::database::{Database, DatabaseSettings};
use entities::jobs::row::{Entity, State};
use entities::jobs::{NewJob, Wake, insert};
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, EntityTrait};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use uuid::Uuid;
use workers::{Attempt, Deeds, Ledger, Outcome, WorkerSettings, run_deeds};

#[tokio::test]
async fn a_worker_that_closes_while_it_looks_for_work_lets_the_deed_under_way_write_its_end() {
    let data = TestDatabase::fresh().await;
    let narrow = DatabaseSettings { url: data.url(), connections: 1, ..DatabaseSettings::default() };
    let database = Database::connect(&narrow).await.unwrap();
    let job = NewJob::new(Job::InspectFile { file: Uuid::now_v7() }, opening());
    data.writer().execute(&insert(vec![job], opening()).unwrap().unwrap()).await.unwrap();
    let (deed, (stop, stopped)) = (Held::default(), oneshot::channel::<()>());
    let ledger = Ledger { database: database.clone(), clock: standing(), wake: Wake::default() };
    let working = tokio::spawn(run_deeds(ledger, deed.clone(), looking_often(), async {
        let _ = stopped.await;
    }));
    deed.begun.notified().await;

    let connection = database.begin().await.unwrap();
    let mut beats = 0;
    until("the worker has looked for work again and waits for the connection", async || {
        beats += 1;
        (beats > 3).then_some(())
    })
    .await;
    stop.send(()).unwrap();
    tokio::task::yield_now().await;
    connection.rollback().await.unwrap();
    deed.end.notify_one();

    let ended = tokio::time::timeout(Duration::from_secs(10), working).await;
    ended.expect("it ends long before its drain is over").unwrap().unwrap();
    let row = Entity::find().one(data.reader()).await.unwrap().unwrap();
    assert_eq!((row.state, row.attempts), (State::Done, 1));
}

fn looking_often() -> WorkerSettings {
    WorkerSettings { poll_ms: 1, schedule: false, drain_ms: 30_000, ..WorkerSettings::default() }
}

/// A deed that ends when the test says so.
#[derive(Clone, Default)]
struct Held {
    begun: Arc<Notify>,
    end: Arc<Notify>,
}

impl Deeds for Held {
    async fn run(&self, _: Job, _: Attempt) -> Outcome {
        self.begun.notify_one();
        self.end.notified().await;
        Outcome::Done
    }
}

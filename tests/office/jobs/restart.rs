//! PostgreSQL falls and comes back while the workers work: nothing is lost, and what is repeated is known as such.

use super::scene::{Scripted, brisk, push};
use crate::processes::waiting::until;
use crate::support::private_postgres::PrivatePostgres;
use crate::support::servers;
use entities::clock::Clock;
use entities::database::{Database, DatabaseSettings};
use entities::jobs::row::{Column, Entity, Model, State};
use entities::jobs::{NewJob, Wake, insert};
use migrations::Migrator;
use rules::jobs::Job;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeMap;
use tokio::sync::{oneshot, watch};
use workers::{Ledger, Outcome, run_deeds};

const KEYS: u128 = 50;
const ENTRIES: i32 = 4;

/// Before each restart the deeds of the next entry are held, so that some are under way when the server falls.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_restarts_of_postgresql_lose_no_job_and_every_repeat_is_a_counted_attempt() {
    if !servers::on_postgres() {
        return;
    }
    let server = PrivatePostgres::start().await;
    let database = furnished(&server.url()).await;
    let (gate, deeds) = gated();
    let ledger = Ledger { database: database.clone(), clock: Clock::system(), wake: Wake::default() };
    let (stop, stopped) = oneshot::channel::<()>();
    let working = tokio::spawn(run_deeds(ledger, deeds.clone(), brisk(), async {
        let _ = stopped.await;
    }));

    for fallen in 1..ENTRIES {
        until_done(&database, fallen).await;
        let next = format!("/{}", fallen + 1);
        until("deeds are under way", async || {
            begun(&deeds).iter().any(|job| job.ends_with(&next)).then_some(())
        })
        .await;
        futures::join!(server.restart(), async { gate.send_replace(fallen + 1) });
    }
    until_done(&database, ENTRIES).await;
    stop.send(()).unwrap();
    working.await.unwrap().unwrap();

    let rows = Entity::find().all(database.reader()).await.unwrap();
    assert_repeats_counted(&rows, &begun(&deeds));
    database.close().await.unwrap();
}

/// Migrated, with four jobs of each key due.
async fn furnished(url: &str) -> Database {
    let settings = DatabaseSettings { url: url.into(), connections: 8, ..DatabaseSettings::default() };
    let database = Database::connect(&settings).await.unwrap();
    Migrator::up(database.writer(), None).await.unwrap();
    let now = Clock::system().now();
    let jobs = (1..=ENTRIES).flat_map(|entry| (0..KEYS).map(move |key| NewJob::new(push(key, entry), now)));
    database.writer().execute(&insert(jobs.collect(), now).unwrap().unwrap()).await.unwrap();
    database
}

/// Deeds that wait until the gate stands at their entry.
fn gated() -> (watch::Sender<i32>, Scripted) {
    let (gate, state) = watch::channel(1);
    let deeds = Scripted::default();
    deeds.play(move |job, _| {
        let mut state = state.clone();
        async move {
            let Job::PushToPortal { entry, .. } = job else { unreachable!("only pushes are written") };
            state.wait_for(|open| *open >= entry).await.unwrap();
            Outcome::Done
        }
    });
    (gate, deeds)
}

/// All jobs up to this entry are done and no other is; the server may be down meanwhile.
async fn until_done(database: &Database, entry: i32) {
    let wanted = KEYS as u64 * entry as u64;
    until("the jobs so far are done", async || {
        let done = Entity::find().filter(Column::State.eq(State::Done)).count(database.reader()).await;
        done.is_ok_and(|done| done == wanted).then_some(())
    })
    .await;
}

/// `key/entry` of each deed begun, in order.
fn begun(deeds: &Scripted) -> Vec<String> {
    let begun = deeds.diary().into_iter().filter_map(|line| line.strip_prefix("begin ").map(str::to_owned));
    begun.collect()
}

fn assert_repeats_counted(rows: &[Model], begun: &[String]) {
    let mut times: BTreeMap<&str, i32> = BTreeMap::new();
    for job in begun {
        *times.entry(job).or_default() += 1;
    }
    assert_eq!(rows.len(), KEYS as usize * ENTRIES as usize);
    assert_eq!(times.len(), rows.len(), "each was done");
    for row in rows {
        let Job::PushToPortal { dossier, entry } = serde_json::from_str(&row.payload).unwrap() else {
            panic!()
        };
        let began = times[format!("{}/{entry}", dossier.as_u128()).as_str()];
        assert_eq!(row.state, State::Done);
        assert!(began <= row.attempts, "begun {began} times: {row:#?}");
    }
    // One job of each key was under way when the server fell: a machine so slow that all their leases end repeats those.
    let (repeats, restarts) = (begun.len() - rows.len(), ENTRIES as usize - 1);
    assert!(
        repeats <= KEYS as usize * restarts,
        "{repeats} were repeated: more than can have been under way"
    );
}

//! An office of real processes whose every road is counted: to its people, to the parties, to PostgreSQL.

use super::traveller::Told;
use super::tripwire::{Counted, Tripwire};
use crate::invariants::Kept;
use crate::processes::books::Books;
use crate::processes::child::Process;
use crate::processes::parties::Party;
use crate::processes::premises::{Plan, Premises};
use crate::processes::waiting::beat;
use crate::support::keys::sealed;
use crate::support::servers::on_postgres;
use chrono::TimeDelta;
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::Wake;
use entities::jobs::row::State;
use entities::tables::dossiers;
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use reqwest::{Method, RequestBuilder};
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use uuid::Uuid;
use workers::{Attempt, Deeds, Hands, Outcome};

/// By then every job is done.
const PATIENCE: Duration = Duration::from_secs(180);

/// The office.
pub struct Office {
    pub premises: Premises,
    pub kept: Kept,
    door: Counted,
    client: reqwest::Client,
}

/// A kind of process and everything it says and hears.
pub struct Role {
    pub command: &'static str,
    pub wire: Tripwire,
    /// To the portal, the mailbox, the post, the platform, and to PostgreSQL.
    pub roads: Vec<Counted>,
    _log: Option<JoinHandle<()>>,
}

impl Office {
    /// Opened with the roads of an API and of a worker.
    pub async fn open(plan: Plan) -> (Self, [Role; 2]) {
        Self::over(Premises::open(plan).await).await
    }

    /// The same on premises that are there.
    pub async fn over(premises: Premises) -> (Self, [Role; 2]) {
        let files = premises.store();
        std::fs::create_dir_all(&files).unwrap();
        let raw: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new_with_prefix(files).unwrap());
        let sealer = premises.sealer().await;
        let files = sealed(&raw, &sealer);
        let kept = Kept { database: Database::clone(&premises.database), files, sealer };
        let (api, worker) = (Role::of("api", &premises).await, Role::of("worker", &premises).await);
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap();
        let office = Self { door: Counted::open(&api.wire).await, premises, kept, client };
        let news = format!("{}/v1/callbacks/payments/national_platform", office.url());
        office.premises.parties.payment.press("/__callback", &json!({ "url": news })).await;
        (office, [api, worker])
    }

    /// Starts a process on its roads; the door leads to the newest API.
    pub async fn start(&self, role: &Role) -> Option<Process> {
        let (process, said) = self.premises.begin(role.command, role.command).await?;
        if let Some((_, url)) = said.split_once(" at http://") {
            self.door.lead(url);
        }
        Some(process)
    }

    /// A request at the door.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url()))
    }

    pub fn books(&self) -> Books<'_> {
        Books { database: &self.premises.database, parties: &self.premises.parties }
    }

    fn url(&self) -> String {
        format!("http://{}", self.door.place())
    }

    /// What does not hold at this moment, while the processes go on with their work.
    pub async fn breaches(&self) -> Vec<String> {
        let tx = self.kept.database.begin().await.unwrap();
        if on_postgres() {
            tx.execute_unprepared("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await.unwrap();
        }
        let found = self.kept.at_any_moment(&tx).await;
        tx.rollback().await.unwrap();
        found
    }

    /// Every promise is kept: what clients were told is so, every effect is there once, with us and with the parties.
    pub async fn assert_whole(&self, told: &[Told]) {
        self.settle().await;
        self.sweep().await;
        assert_eq!(self.kept.breaches_at_rest().await, Vec::<String>::new());
        self.books().assert_whole().await;
        let rows = dossiers::Entity::find().all(self.kept.database.reader()).await.unwrap();
        let stand: BTreeMap<Uuid, (String, String)> =
            rows.into_iter().map(|row| (row.id, (row.code, row.status))).collect();
        let promised = told.iter().map(|told| (told.id, (told.code.clone(), told.end.to_owned())));
        assert_eq!(
            stand,
            promised.collect(),
            "as many dossiers as were handed in, each where its person was told"
        );
        self.assert_paid().await;
    }

    /// Waits until no job is open: there is much to do after a crowd.
    pub async fn settle(&self) {
        let (until, mut beat) = (Instant::now() + PATIENCE, beat(Duration::from_millis(250)));
        loop {
            beat.tick().await;
            let dead = self.books().jobs(State::Dead).await;
            assert!(dead.is_empty(), "given up: {dead:#?}");
            let open = self.books().open_jobs().await;
            if open.is_empty() {
                return;
            }
            assert!(Instant::now() < until, "still open: {open:#?}");
            self.pass_two_minutes().await;
        }
    }

    /// A result is filed when its file was inspected; who came too early looks again after two minutes.
    async fn pass_two_minutes(&self) {
        let sooner =
            "UPDATE jobs SET next_run_at = created_at WHERE state = 'ready' AND awaited_party IS NOT NULL";
        self.kept.database.writer().execute_unprepared(sooner).await.unwrap();
    }

    /// What the schedule would do three days from now: what a fall left in the store goes.
    async fn sweep(&self) {
        let at = Clock::system().now() + TimeDelta::days(3);
        let hands = Hands {
            database: self.kept.database.clone(),
            clock: Clock::standing_at(at),
            wake: Wake::default(),
            sealer: self.kept.sealer.clone(),
            catalogue: Catalogue::default(),
            files: self.kept.files.clone(),
            wires: Wires::default(),
            office: Arc::default(),
            digitising: Arc::default(),
        };
        let attempt = Attempt { id: Uuid::now_v7(), number: 1, last: false, at, traceparent: None };
        assert_eq!(hands.run(Job::PurgeExpired {}, attempt).await, Outcome::Done);
    }

    /// The platform's books and ours agree, payment by payment.
    async fn assert_paid(&self) {
        use entities::tables::payments::{Column, Entity};
        use sea_orm::{ColumnTrait, QueryFilter};
        let ours = Entity::find().filter(Column::Platform.eq("national_platform"));
        let ours = ours.all(self.kept.database.reader()).await.unwrap();
        let ours: BTreeMap<String, bool> =
            ours.into_iter().map(|row| (row.reference, row.state == "paid")).collect();
        let theirs = self.premises.parties.payment.received().await["payments"].clone();
        let paid = |held: &Value| (held["reference"].as_str().unwrap().to_owned(), held["state"] == "paid");
        let theirs: BTreeMap<String, bool> = theirs.as_array().unwrap().iter().map(paid).collect();
        assert_eq!(ours, theirs, "each payment once, here and there");
    }
}

impl Role {
    async fn of(command: &'static str, premises: &Premises) -> Self {
        let wire = Tripwire::new();
        let parties = &premises.parties;
        let (mut roads, mut swaps) = (Vec::new(), Vec::new());
        for party in [&parties.portal, &parties.mail, &parties.post, &parties.payment] {
            let road = Counted::to(place(party), &wire).await;
            swaps.push(moved(party, &road.place()));
            roads.push(road);
        }
        let mut log = None;
        let url = premises.database.url();
        let server = server(&url);
        if !on_postgres() {
            let wal = url.trim_start_matches("sqlite://").to_owned() + "-wal";
            log = Some(tokio::spawn(watch(wal.into(), wire.clone())));
        } else if server != "localhost" {
            // A server of the test's own is reached over its socket, whose traffic nobody counts.
            let road = Counted::to(server, &wire).await;
            swaps.push((format!("@{server}/"), format!("@{}/", road.place())));
            roads.push(road);
        }
        premises.detour(command, &swaps);
        Self { command, wire, roads, _log: log }
    }
}

/// What stands in the settings for a party, and what leads to it over a road; a mail server's port stands alone.
fn moved(party: &Party, road: &str) -> (String, String) {
    let port = |place: &str| format!("\"port\" = {}", place.rsplit(':').next().unwrap());
    if party.key == "smtp" {
        (port(place(party)), port(road))
    } else {
        (place(party).to_owned(), road.to_owned())
    }
}

/// `host:port` of a party.
fn place(party: &Party) -> &str {
    party.url().split_once("://").unwrap().1
}

/// `host:port` of a database's server.
fn server(url: &str) -> &str {
    let (_, rest) = url.split_once('@').unwrap_or_else(|| url.split_once("://").unwrap());
    rest.split('/').next().unwrap()
}

/// SQLite has no road: what is counted is each time its write-ahead log is seen changed, amid commits or just after.
async fn watch(log: PathBuf, wire: Tripwire) {
    let (mut last, mut beat) = (None, beat(Duration::from_millis(1)));
    loop {
        beat.tick().await;
        let now = std::fs::metadata(&log).ok().and_then(|about| Some((about.len(), about.modified().ok()?)));
        if now != last {
            last = now;
            wire.pass().await;
        }
    }
}

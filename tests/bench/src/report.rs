//! What is measured, in order, as tables of Markdown.

use crate::asked::Asked;
use crate::ceiling::{Pgbench, sqlite_loop};
use crate::jobs;
use crate::lists::{Depth, Shelf, details};
use crate::load::Measured;
use crate::office::{Engine, Office, Running, free_address, ready};
use crate::people::Issuer;
use crate::submits::Crowd;
use crate::wires;
use crate::{papers, reading};
use entities::clock::Clock;
use serde_json::Value;
use std::process::{Command, Stdio};
use uuid::Uuid;

/// Prints as it measures.
pub struct Report<'a> {
    asked: &'a Asked,
    issuer: Issuer,
    clock: Clock,
    seconds: u64,
}

/// Communes that the submissions are spread over.
const SPREAD: usize = 32;

impl<'a> Report<'a> {
    /// Says on what it runs.
    pub fn begin(asked: &'a Asked) -> Self {
        let clock = Clock::system();
        let cores = std::thread::available_parallelism().unwrap();
        println!("# make bench, {}\n", clock.now().format("%Y-%m-%d %H:%M UTC"));
        println!("* {cores} cores; load before: {}", first_line("cat", &["/proc/loadavg"]));
        println!("* {}; {}", first_line("uname", &["-sr"]), first_line("postgres", &["--version"]));
        println!("* {}", first_line("redis-server", &["--version"]));
        Self { asked, issuer: Issuer::start(), clock, seconds: asked.number("seconds", 4) }
    }

    /// Submissions, lists, details and memory on one engine.
    pub async fn office(&self, engine: Engine) {
        if !self.asked.wants("submits") && !self.asked.wants("lists") {
            return;
        }
        let name = format!("bench_{}", engine.name().to_lowercase());
        let office = Office::found(self.asked, &name, engine, &self.issuer).await;
        let api = office.open().await;
        let crowd = Crowd::gather(&office, &self.issuer, self.clock.now()).await;
        let dossier: Uuid = text(&crowd.submit_one().await, "id").parse().unwrap();
        if self.asked.wants("submits") {
            match engine {
                Engine::Postgres => self.submits_on_postgres(&office, &crowd, dossier).await,
                Engine::Sqlite => self.submits_on_sqlite(&office, &crowd, dossier).await,
            }
        }
        if self.asked.wants("lists") {
            self.lists(engine, &office, &crowd, dossier).await;
        }
        println!("\nRSS of `motcua api` on {} after this: {:.0} MB", engine.name(), api.megabytes());
        drop(api);
        let worker = office.start("worker");
        tokio::time::timeout(std::time::Duration::from_secs(5), std::future::pending::<()>())
            .await
            .unwrap_err();
        println!("RSS of `motcua worker` on {} with a backlog: {:.0} MB", engine.name(), worker.megabytes());
    }

    async fn submits_on_postgres(&self, office: &Office, crowd: &Crowd, dossier: Uuid) {
        let bare = Pgbench::of(self.asked, office, dossier).await;
        println!("\n## Submissions on PostgreSQL\n");
        println!(
            "| connections | API /s | p50 ms | p99 ms | pgbench /s | p50 | p99 | ratio | composed pgbench /s |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for connections in [1, 16, 64] {
            let api = crowd.submit(connections, self.seconds, SPREAD).await;
            let each = bare.run(connections, self.seconds, self.clock.now(), false);
            let whole = bare.run(connections, self.seconds.min(2), self.clock.now(), true);
            let ratio = api.rate / each.rate;
            println!("| {connections} | {} | {} | {ratio:.2} | {:.0} |", cells(api), cells(each), whole.rate);
        }
        let one = crowd.submit(16, self.seconds, 1).await;
        println!("| 16, one unit | {} | | | | | |", cells(one));
    }

    async fn submits_on_sqlite(&self, office: &Office, crowd: &Crowd, dossier: Uuid) {
        let bare = sqlite_loop(office, dossier, self.seconds);
        println!("\n## Submissions on SQLite\n");
        println!("| connections | API /s | p50 ms | p99 ms | bare loop /s | p50 | p99 | ratio |");
        println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for connections in [1, 16, 64] {
            let api = crowd.submit(connections, self.seconds, SPREAD).await;
            let ratio = api.rate / bare.rate;
            println!("| {connections} | {} | {} | {ratio:.2} |", cells(api), cells(bare));
        }
    }

    async fn lists(&self, engine: Engine, office: &Office, crowd: &Crowd, dossier: Uuid) {
        let seconds = self.seconds.div_ceil(2);
        println!("\n## Lists of fifty and details on {}\n", engine.name());
        println!("| what | connections | /s | p50 ms | p99 ms |\n| --- | --- | --- | --- | --- |");
        for (size, unit) in
            [3_500, self.asked.number("dossiers", 200_000)].into_iter().zip(&crowd.communes[SPREAD..])
        {
            let shelf = Shelf::fill(office, &self.issuer, dossier, *unit, size, self.clock.now()).await;
            for connections in [1, 8] {
                for depth in [Depth::First, Depth::Deep] {
                    let pages = shelf.pages(depth, connections, seconds).await;
                    println!("| {depth:?} page of {size} | {connections} | {} |", cells(pages));
                }
            }
        }
        for connections in [1, 8] {
            for (known, what) in [(false, "200"), (true, "304")] {
                let load = (connections, seconds);
                let read = details(&crowd.address, &crowd.tokens[0], dossier, known, load).await;
                println!("| detail, {what} | {connections} | {} |", cells(read));
            }
        }
    }

    /// Pushes to the national portal and letters, a second.
    pub async fn wires(&self) {
        if !self.asked.wants("wires") {
            return;
        }
        let count = self.asked.number("told", 1_000);
        println!("\n## Telling the national portal and the people, {count} submissions\n");
        println!("| engine | pushes/s | letters/s | jobs |\n| --- | --- | --- | --- |");
        for engine in [Engine::Postgres, Engine::Sqlite] {
            let told = wires::measure(self.asked, engine, &self.issuer, count).await;
            println!("| {} | {:.0} | {:.0} | {} |", engine.name(), told.pushes, told.notices, told.jobs);
        }
    }

    /// How well and how fast papers are read.
    pub async fn reading(&self) {
        if self.asked.wants("reading") {
            reading::measure(self.asked).await;
        }
    }

    /// The ledger beside the storages of apalis.
    pub async fn jobs(&self, engine: Engine) {
        if !self.asked.wants("jobs") {
            return;
        }
        let name = format!("bench_jobs_{}", engine.name().to_lowercase());
        let office = Office::found(self.asked, &name, engine, &self.issuer).await;
        let count = self.asked.number("jobs", 16_000);
        println!("\n## Jobs on {}\n", engine.name());
        println!("| storage | jobs/s | commit to start p50 ms | p99 ms |\n| --- | --- | --- | --- |");
        let rate = jobs::throughput(&office, count).await;
        let soon = jobs::latency(&office, self.seconds).await;
        println!("| our ledger, one process | {rate:.0} | {:.1} | {:.1} |", soon.p50, soon.p99);
        if engine == Engine::Postgres {
            let soon = jobs::latency_across(self.asked, &office, self.seconds).await;
            println!(
                "| our ledger, rung by another process over Redis | | {:.1} | {:.1} |",
                soon.p50, soon.p99
            );
        }
        self.foreign(engine, count).await;
    }

    /// Papers through a real worker.
    pub async fn digitising(&self, engine: Engine) {
        if !self.asked.wants("digitising") {
            return;
        }
        let name = format!("bench_papers_{}", engine.name().to_lowercase());
        let office = Office::found(self.asked, &name, engine, &self.issuer).await;
        let papers = usize::try_from(self.asked.number("papers", 15)).unwrap();
        let pace = papers::pace(&office, papers).await;
        println!("\n## Papers on {}\n", engine.name());
        println!("| pages | pages/min | processor s/page | not filed |\n| --- | --- | --- | --- |");
        println!("| {} | {:.0} | {:.2} | {} |", pace.pages, pace.pages_a_minute, pace.cpu_a_page, pace.left);
    }

    #[cfg(feature = "foreign")]
    async fn foreign(&self, engine: Engine, count: u64) {
        let tell = |what: &str, (rate, soon): (f64, Measured)| {
            println!("| {what} | {rate:.0} | {:.1} | {:.1} |", soon.p50, soon.p99);
        };
        if engine == Engine::Postgres {
            return tell("apalis-postgres", crate::foreign::postgres(self.asked, count, self.seconds).await);
        }
        let few = count.min(4_000);
        let shipped = crate::foreign::sqlite(self.asked, false, few, self.seconds).await;
        tell(&format!("apalis-sqlite as shipped, {few} jobs"), shipped);
        let tuned = crate::foreign::sqlite(self.asked, true, count, self.seconds).await;
        tell("apalis-sqlite without three of its indices", tuned);
    }

    #[cfg(not(feature = "foreign"))]
    async fn foreign(&self, _: Engine, _: u64) {
        println!("| apalis' own storages | not built | | |");
    }

    /// Memory of the whole office in one process, after some submissions.
    pub async fn demo(&self) {
        if !self.asked.wants("demo") {
            return;
        }
        let (folder, said) = (self.asked.folder().join("demo"), self.asked.folder().join("demo.txt"));
        let address = free_address();
        let port = address.rsplit_once(':').unwrap().1;
        let mut order = Command::new(self.asked.text("program"));
        order.args(["demo", "--port", port]).arg("--data").arg(folder).stdin(Stdio::null());
        let log = std::fs::File::create(&said).unwrap();
        let demo = Running::of(order.stdout(log.try_clone().unwrap()).stderr(log).spawn().unwrap());
        ready(&address).await;
        let told = std::fs::read_to_string(said).unwrap();
        let token = told.lines().find(|line| line.trim().starts_with("eyJ")).unwrap().trim().to_owned();
        let unit = told.split("\"unit\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let crowd = Crowd::with(address, vec![unit.parse().unwrap()], vec![token]).await;
        crowd.submit(4, 2, 1).await;
        println!("\nRSS of `motcua demo` after two seconds of submissions: {:.0} MB", demo.megabytes());
    }
}

fn cells(measured: Measured) -> String {
    format!("{:.0} | {:.2} | {:.2}", measured.rate, measured.p50, measured.p99)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

fn first_line(program: &str, arguments: &[&str]) -> String {
    let told = Command::new(program).args(arguments).output().unwrap();
    String::from_utf8(told.stdout).unwrap().lines().next().unwrap_or_default().to_owned()
}

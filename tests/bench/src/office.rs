//! An office under measurement: a database of its own, and `motcua` processes over it.

use crate::asked::Asked;
use crate::load::{Connection, get};
use crate::people::Issuer;
use connectors::registry;
use entities::database::{Database, DatabaseSettings};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Signs the page cursors of all offices here.
pub const CURSOR_SECRET: &str = "bench: this secret signs cursors to nothing real";

/// Seals what is personal in all offices here.
pub const MASTER: &str = "bench: this master secret protects nobody";

/// A migrated and seeded database, its settings, and where its API will answer.
pub struct Office {
    pub url: String,
    pub address: String,
    program: PathBuf,
    config: PathBuf,
    log: PathBuf,
}

impl Office {
    /// Makes the database called `name` on the engine, with tables and the shipped catalogue; nobody is at home
    /// outside, so that every deed that leaves the house is tried later.
    pub async fn found(asked: &Asked, name: &str, engine: Engine, issuer: &Issuer) -> Self {
        let mut nobody = json!({});
        for key in ["national_platform", "vnpost_hcc", "dvcqg"] {
            nobody[key] = (registry::find(key).unwrap().example)("http://127.0.0.1:9");
        }
        let mail = asked.folder().join(name).join("mail");
        nobody["folder"] = (registry::find("folder").unwrap().example)(mail.to_str().unwrap());
        Self::found_reaching(asked, name, engine, issuer, &nobody).await
    }

    /// The same with these parties.
    pub async fn found_reaching(
        asked: &Asked,
        name: &str,
        engine: Engine,
        issuer: &Issuer,
        parties: &Value,
    ) -> Self {
        let folder = asked.folder().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}/office.db", folder.display()),
            Engine::Postgres => created(asked.text("postgres"), name).await,
        };
        let address = free_address();
        let config = folder.join("motcua.toml");
        std::fs::write(&config, settings(asked, (&url, &address, &folder), issuer, parties)).unwrap();
        let program = asked.text("program").into();
        let office = Self { url, address, program, config, log: folder.join("log") };
        office.finish("migrate");
        office.finish("seed");
        office
    }

    /// The same database, for what the bench itself asks it.
    pub async fn database(&self) -> Database {
        let settings = DatabaseSettings { url: self.url.clone(), ..DatabaseSettings::default() };
        Database::connect(&settings).await.unwrap()
    }

    /// Folder of the files.
    pub fn files(&self) -> PathBuf {
        self.config.with_file_name("files")
    }

    /// Starts `motcua api` and waits until it answers.
    pub async fn open(&self) -> Running {
        let running = self.start("api");
        ready(&self.address).await;
        running
    }

    /// Starts a command of the program.
    pub fn start(&self, command: &str) -> Running {
        Running(self.command(command).spawn().unwrap())
    }

    fn finish(&self, command: &str) {
        assert!(self.command(command).status().unwrap().success(), "motcua {command} failed");
    }

    fn command(&self, command: &str) -> Command {
        let log = || std::fs::File::options().create(true).append(true).open(&self.log).unwrap();
        let mut order = Command::new(&self.program);
        order.arg("--config").arg(&self.config).arg(command).stdin(Stdio::null()).stdout(log()).stderr(log());
        order
    }
}

/// Where the data lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Postgres,
    Sqlite,
}

impl Engine {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
        }
    }
}

/// A process that ends with this value.
pub struct Running(Child);

impl Running {
    /// Takes a process over.
    pub fn of(child: Child) -> Self {
        Self(child)
    }

    /// Seconds of processor so far, with those of the programs it has run.
    pub fn processor_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let ticks = fields.split(' ').skip(11).take(4).map(|ticks| ticks.parse::<f64>().unwrap());
        ticks.sum::<f64>() / 100.0
    }

    /// Resident memory in megabytes.
    pub fn megabytes(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to stop like an operator would, so that sockets and files are closed in order.
        let asked = Command::new("kill").arg(self.0.id().to_string()).status();
        if asked.is_err() {
            let _ = self.0.kill();
        }
        let _ = self.0.wait();
    }
}

/// Waits until an API answers that it is ready.
pub async fn ready(address: &str) {
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(50));
    for _ in 0..600 {
        tick.tick().await;
        if tokio::net::TcpStream::connect(address).await.is_ok() {
            let mut connection = Connection::open(address).await;
            if connection.ask(&get("/readyz", "", "")).await == 200 {
                return;
            }
        }
    }
    panic!("nothing is ready at {address}");
}

/// A port of the loopback with nobody on it now.
pub fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// The one value of a statement.
pub async fn value<T: sea_orm::TryGetable>(db: &Database, sql: &str) -> T {
    let row = db.writer().query_one_raw(Statement::from_string(db.backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// The first values of the rows of a statement.
pub async fn values(db: &Database, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.backend(), sql);
    let rows = db.writer().query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Makes a database on a server; gives its address.
pub async fn created(server: &str, name: &str) -> String {
    let db = sea_orm::Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    db.close().await.unwrap();
    let (place, _) = server.rsplit_once('/').unwrap();
    format!("{place}/{name}")
}

fn settings(
    asked: &Asked,
    (url, address, folder): (&str, &str, &Path),
    issuer: &Issuer,
    parties: &Value,
) -> String {
    let mut all = json!({
        "database": {"url": url},
        "api": {"listen": address, "public_url": format!("http://{address}"), "cursor_secret": CURSOR_SECRET,
            "issuers": [issuer.settings()],
            "limits": {
                "reads_per_minute": 0, "lists_per_minute": 0, "writes_per_minute": 0, "heavy_per_minute": 0,
                "lookups_per_minute": 0, "address_per_minute": 0, "client_per_minute": 0,
            }},
        "office": {"link_secret": "bench: this secret signs links to nothing real"},
        "files": {"store": folder.join("files")},
        "sealing": {"master": MASTER},
        "log": {"format": "json", "filter": "info"},
        "connectors": parties,
    });
    if !url.starts_with("sqlite") {
        all["redis"] = json!({"url": asked.text("redis")});
    }
    let sections = all.as_object().unwrap().iter();
    sections.map(|(name, section)| format!("{name} = {}\n", inline(section))).collect()
}

/// JSON as a TOML value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let known = members.iter().filter(|(_, value)| !value.is_null());
            let members: Vec<String> =
                known.map(|(key, value)| format!("{key} = {}", inline(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        scalar => scalar.to_string(),
    }
}

//! An office of real processes: its data, its settings file, its people, and the twins of all outside parties.

use super::binary::program;
use super::child::Process;
use super::parties::Parties;
use super::passports::{Passports, Person};
use super::walk::{Office, Who};
use crate::support::database::TestDatabase;
use crate::support::keys::masters;
use entities::catalogue::units;
use entities::clock::Clock;
use entities::database::Database;
use entities::people::{Held, assign};
use entities::sealing::Sealer;
use entities::seeding::{importing, reading, shipped};
use reqwest::RequestBuilder;
use rules::actor::{Assignment, Role};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::process::Command;
use uuid::Uuid;

/// What is particular about one office.
pub struct Plan {
    /// How long a slow answer of a twin takes.
    pub late: Duration,
    /// `[worker] lease_ms`.
    pub lease_ms: u64,
    /// `[worker] drain_ms`.
    pub drain_ms: u64,
    /// Calls to parties at once.
    pub party: usize,
    /// `[redis] url`.
    pub redis: Option<String>,
    /// `[log] filter` of JSON lines; text of warnings when absent.
    pub log: Option<&'static str>,
}

impl Default for Plan {
    fn default() -> Self {
        let late = Duration::from_secs(120);
        Self { late, lease_ms: 60_000, drain_ms: 20_000, party: 4, redis: None, log: None }
    }
}

/// An office whose processes the test starts and ends.
pub struct Premises {
    pub database: TestDatabase,
    pub parties: Parties,
    pub unit: Uuid,
    passports: Passports,
    client: reqwest::Client,
    folder: PathBuf,
}

/// The process that answers, at its address.
pub struct Api {
    pub process: Process,
    pub url: String,
}

const MASTER: &str = "một khóa dài chỉ dùng trong thử nghiệm";

/// Holds every role, so that a walk needs one officer.
const OFFICER: &str = "can-bo";

impl Premises {
    pub async fn open(plan: Plan) -> Self {
        Self::open_on(TestDatabase::fresh().await, plan).await
    }

    /// On a database that was migrated.
    pub async fn open_on(database: TestDatabase, plan: Plan) -> Self {
        let passports = Passports::new();
        let unit = furnish(&database).await;
        let parties = Parties::start(&Clock::system(), plan.late);
        let folder = std::env::temp_dir().join(format!("motcua_processes_{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let settings = settings(&plan, &database.url(), &passports, &parties, &folder.join("files"));
        std::fs::write(folder.join("motcua.toml"), toml(&settings)).unwrap();
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap();
        let office = Self { database, parties, unit, passports, client, folder };
        let roles = [Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance];
        office.appoint(OFFICER, &roles).await;
        office
    }

    /// Gives an officer roles at the unit.
    pub async fn appoint(&self, key: &str, roles: &[Role]) -> Person {
        let officer = self.passports.officer(key);
        let tx = self.database.begin().await.unwrap();
        for role in roles {
            let assignment = Assignment { role: *role, unit: Some(self.unit) };
            let held = Held { assignment, name: "Người Mẫu".into(), title: "Công chức".into() };
            assign(&tx, &officer.subject, &held, Clock::system().now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        officer
    }

    pub fn citizen(&self, number: usize) -> Person {
        self.passports.citizen(number)
    }

    /// The officer that holds every role.
    pub fn officer(&self) -> Person {
        self.passports.officer(OFFICER)
    }

    /// Starts an API on a free port.
    pub async fn api(&self) -> Api {
        let (process, said) = self.start("api").await;
        let (_, url) = said.split_once(" at ").expect("it says where it answers");
        Api { process, url: url.to_owned() }
    }

    /// Starts a worker.
    pub async fn worker(&self) -> Process {
        self.start("worker").await.0
    }

    /// What its processes have logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap()
    }

    /// A folder of its own, gone at the end.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same office on other data: what its processes find from now on.
    pub fn moved(mut self, database: TestDatabase, files: &str) -> Self {
        let (settings, store) = (self.folder.join("motcua.toml"), |name| self.folder.join(name));
        let (before, after) = (store("files"), store(files));
        let text = std::fs::read_to_string(&settings).unwrap();
        let text = text.replace(&self.database.url(), &database.url());
        let text = text.replace(before.to_str().unwrap(), after.to_str().unwrap());
        std::fs::write(&settings, text).unwrap();
        self.database = database;
        self
    }

    /// Runs a command of the program to its end; whether it went well, and what it said.
    pub async fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(program());
        command.arg("--config").arg(self.folder.join("motcua.toml")).args(arguments);
        let ended = command.output().await.unwrap();
        (ended.status.success(), String::from_utf8([ended.stdout, ended.stderr].concat()).unwrap())
    }

    /// What a person reads at the API at `url`.
    pub fn read(&self, url: &str, person: &Person, path: &str) -> RequestBuilder {
        self.client.get(format!("{url}{path}")).bearer_auth(&person.token)
    }

    /// The settings its processes read.
    pub fn settings(&self) -> toml::Table {
        std::fs::read_to_string(self.folder.join("motcua.toml")).unwrap().parse().unwrap()
    }

    /// Keeps a copy of the settings in which each first text is replaced by the second, for [`Premises::begin`].
    pub fn detour(&self, name: &str, swaps: &[(String, String)]) {
        let settings = std::fs::read_to_string(self.folder.join("motcua.toml")).unwrap();
        let turned = swaps.iter().fold(settings, |text, (from, to)| {
            assert!(text.contains(from), "{from} is not in the settings: {text}");
            text.replace(from, to)
        });
        std::fs::write(self.folder.join(name), turned).unwrap();
    }

    /// Starts a process under settings of this name; none when it ends before its first sentence.
    pub async fn begin(&self, command: &str, settings: &str) -> Option<(Process, String)> {
        Process::try_start(command, &self.folder.join(settings), &self.folder.join("log")).await
    }

    /// Where its processes keep files.
    pub fn store(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// Opens what its processes have sealed.
    pub async fn sealer(&self) -> Sealer {
        Sealer::unlock(&self.database, masters(&[MASTER]), Clock::system().now()).await.unwrap()
    }

    async fn start(&self, command: &str) -> (Process, String) {
        Process::start(command, &self.folder.join("motcua.toml"), &self.folder.join("log")).await
    }

    /// What a person asks the API at `url` to do, under a key of the caller's.
    pub fn ask(&self, url: &str, person: &Person, path: &str, key: &str) -> RequestBuilder {
        let request = self.client.post(format!("{url}{path}")).bearer_auth(&person.token);
        request.header("idempotency-key", key).header("if-match", "*")
    }

    /// The office as one of its API processes shows it.
    pub fn at<'a>(&'a self, api: &'a Api) -> At<'a> {
        At { premises: self, api }
    }
}

impl Drop for Premises {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            eprintln!("what the processes logged:\n{log}");
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// One door of the premises.
pub struct At<'a> {
    premises: &'a Premises,
    api: &'a Api,
}

impl At<'_> {
    fn person(&self, who: Who) -> Person {
        match who {
            Who::Citizen(number) => self.premises.citizen(number),
            Who::Officer => self.premises.passports.officer(OFFICER),
        }
    }
}

impl Office for At<'_> {
    fn ask(&self, who: Who, path: &str) -> RequestBuilder {
        let key = Uuid::now_v7().to_string();
        self.premises.ask(&self.api.url, &self.person(who), path, &key)
    }

    fn subject(&self, who: Who) -> String {
        self.person(who).subject
    }

    fn database(&self) -> &Database {
        &self.premises.database
    }

    fn unit(&self) -> Uuid {
        self.premises.unit
    }
}

fn settings(
    plan: &Plan,
    database: &str,
    passports: &Passports,
    parties: &Parties,
    files: &std::path::Path,
) -> Value {
    let mut settings = json!({
        "database": {"url": database, "connections": 6},
        "api": {
            "listen": "127.0.0.1:0", "public_url": "https://motcua.test", "threads": 2, "drain_seconds": 20,
            "cursor_secret": "một khóa ký con trỏ chỉ dùng trong thử nghiệm", "issuers": passports.settings(),
            "limits": {
                "reads_per_minute": 0, "lists_per_minute": 0, "writes_per_minute": 0, "heavy_per_minute": 0,
                "lookups_per_minute": 0, "address_per_minute": 0, "client_per_minute": 0,
            },
        },
        "worker": {
            "poll_ms": 60, "lease_ms": plan.lease_ms, "drain_ms": plan.drain_ms, "first_delay_seconds": 1,
            "longest_delay_seconds": 1, "schedule": false,
            "concurrency": {"quick": 4, "party": plan.party, "heavy": 1},
        },
        "office": {
            "public_url": "https://motcua.test",
            "link_secret": "một khóa ký đường dẫn chỉ dùng trong thử nghiệm",
            "sender": {"name": "Một cửa", "address": "Tổ 1", "phone": "02090000001", "province_code": "06"},
            "beneficiary": {"number": "0011000000001", "bank_code": "VCB", "holder": "UBND phường Đức Xuân"},
        },
        "files": {"store": files},
        "sealing": {"master": MASTER},
        "log": {"format": "text", "filter": "warn"},
        "connectors": parties.settings(),
    });
    if let Some(url) = &plan.redis {
        settings["redis"] = json!({ "url": url });
    }
    if let Some(filter) = plan.log {
        settings["log"] = json!({ "format": "json", "filter": filter });
    }
    settings
}

/// As TOML, each section as an inline table.
fn toml(settings: &Value) -> String {
    let sections = settings.as_object().unwrap().iter();
    sections.map(|(name, section)| format!("{name} = {}\n", inline(section))).collect()
}

fn inline(value: &Value) -> String {
    let list = |each: Vec<String>| each.join(", ");
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, member)| !member.is_null());
            format!(
                "{{{}}}",
                list(members.map(|(name, member)| format!("{name:?} = {}", inline(member))).collect())
            )
        }
        Value::Array(members) => format!("[{}]", list(members.iter().map(inline).collect())),
        plain => plain.to_string(),
    }
}

/// One ward of the shipped catalogue is enough, and quicker than all of them.
const UNITS: &str = r#"
units:
  - code: "H55"
    old_code: "000.00.00.H55"
    name: "Ủy ban nhân dân tỉnh Thái Nguyên"
    tier: province
    place_code: "19"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2025-07-01"
    receives: false
  - code: "H55.101"
    old_code: "000.01.40.H55"
    name: "Ủy ban nhân dân phường Đức Xuân"
    tier: commune
    parent: "H55"
    place_code: "01840"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2025-07-01"
"#;

async fn furnish(database: &TestDatabase) -> Uuid {
    let wanted = ["calendar.yaml", "procedures/certification.yaml"];
    let mut files: Vec<_> =
        shipped::FILES.iter().filter(|(name, _)| wanted.contains(name)).copied().collect();
    files.push(("units.yaml", UNITS));
    let seeds = reading::read_all(&files, &BTreeSet::new()).unwrap();
    let tx = database.begin().await.unwrap();
    importing::import(&tx, &seeds).await.unwrap();
    tx.commit().await.unwrap();
    units::by_code(database.reader(), "H55.101").await.unwrap().row.id
}

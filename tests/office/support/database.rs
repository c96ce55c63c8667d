//! A database for each test: a copy of one that was migrated once a process, gone when the test ends.

use super::servers;
use entities::database::{Database, DatabaseSettings};
use entities::seeding::{importing, shipped};
use migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// A database of one test; dropping it removes the data.
pub struct TestDatabase {
    database: Database,
    place: Arc<Place>,
}

enum Place {
    Folder(PathBuf),
    Server {
        name: String,
    },
    /// On a server of the test's own, which goes with it.
    Elsewhere {
        url: String,
    },
}

/// What the databases of this process are copied from.
enum Template {
    Content(Vec<u8>),
    Name(String),
}

static MIGRATED: OnceCell<Template> = OnceCell::const_new();
static SEEDED: OnceCell<Template> = OnceCell::const_new();

impl TestDatabase {
    /// Migrated, without rows.
    pub async fn fresh() -> Self {
        Self::copied(MIGRATED.get_or_init(async || make_template(false).await).await).await
    }

    /// Migrated, with the shipped catalogue.
    pub async fn seeded() -> Self {
        Self::copied(SEEDED.get_or_init(async || make_template(true).await).await).await
    }

    async fn copied(template: &Template) -> Self {
        let place = Place::new();
        match (template, &place) {
            (Template::Content(content), Place::Folder(folder)) => {
                std::fs::write(folder.join(FILE), content).unwrap();
            }
            (Template::Name(template), Place::Server { name }) => {
                order(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            }
            _ => unreachable!("one process stays on one engine"),
        }
        Self::open(place).await
    }

    /// Without tables: for the migrations themselves.
    pub async fn empty() -> Self {
        let place = Place::new();
        if let Place::Server { name } = &place {
            order(&format!("CREATE DATABASE {name}")).await;
        }
        Self::open(place).await
    }

    /// Migrated, without rows, on a server that the test has for itself.
    pub async fn at(url: String) -> Self {
        furnish(&url, false).await;
        Self::open(Place::Elsewhere { url }).await
    }

    async fn open(place: Place) -> Self {
        Self { database: connect(&place.url()).await, place: Arc::new(place) }
    }

    /// The same data as another process has it: with connections of its own, gone when both are.
    pub async fn beside(&self) -> Self {
        Self { database: connect(&self.place.url()).await, place: Arc::clone(&self.place) }
    }

    /// For a process that is to open the same data.
    pub fn url(&self) -> String {
        self.place.url()
    }
}

impl std::ops::Deref for TestDatabase {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        match self {
            Self::Folder(folder) => {
                let _ = std::fs::remove_dir_all(folder);
            }
            Self::Elsewhere { .. } => {}
            Self::Server { name } => {
                let order = order_in_thread(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                if order.join().is_err() && !std::thread::panicking() {
                    panic!("the database of the test could not be dropped");
                }
            }
        }
    }
}

const FILE: &str = "office.db";

impl Place {
    fn new() -> Self {
        let name = format!("{}{}", prefix(std::process::id()), Uuid::now_v7().simple());
        if servers::on_postgres() {
            return Self::Server { name };
        }
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self::Folder(folder)
    }

    fn url(&self) -> String {
        match self {
            Self::Folder(folder) => sqlite_url(&folder.join(FILE)),
            Self::Server { name } => postgres_url(name),
            Self::Elsewhere { url } => url.clone(),
        }
    }
}

async fn connect(url: &str) -> Database {
    let settings = DatabaseSettings { url: url.into(), connections: 8, ..DatabaseSettings::default() };
    Database::connect(&settings).await.unwrap()
}

async fn make_template(seeded: bool) -> Template {
    if servers::on_postgres() {
        sweep().await;
        let kind = if seeded { "seeded" } else { "migrated" };
        let name = format!("{}{kind}", prefix(std::process::id()));
        order(&format!("CREATE DATABASE {name}")).await;
        furnish(&postgres_url(&name), seeded).await;
        return Template::Name(name);
    }
    let place = Place::new();
    furnish(&place.url(), seeded).await;
    let Place::Folder(folder) = &place else { unreachable!("not on PostgreSQL") };
    Template::Content(std::fs::read(folder.join(FILE)).unwrap())
}

async fn furnish(url: &str, seeded: bool) {
    let database = connect(url).await;
    Migrator::up(database.writer(), None).await.unwrap();
    if seeded {
        let tx = database.begin().await.unwrap();
        importing::import(&tx, &shipped::seeds().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
    }
    database.close().await.unwrap();
}

/// Drops what test processes that no longer run left on the server.
async fn sweep() {
    let server = server().await;
    let names = "SELECT datname FROM pg_database WHERE datname LIKE 'motcua\\_test\\_%'";
    for row in server.query_all_raw(Statement::from_string(DbBackend::Postgres, names)).await.unwrap() {
        let name: String = row.try_get("", "datname").unwrap();
        let process = name.split('_').nth(2).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() {
            order(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn order(sql: &str) {
    let server = server().await;
    server.execute_unprepared(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    server.close().await.unwrap();
}

/// For `Drop`, which cannot wait inside the runtime that it is dropped in.
fn order_in_thread(sql: String) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(order(&sql));
    })
}

async fn server() -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(servers::postgres_url());
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}

fn prefix(process: u32) -> String {
    format!("motcua_test_{process}_")
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The same server, another database.
fn postgres_url(name: &str) -> String {
    let server = servers::postgres_url();
    let (address, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
    format!("{address}/{name}")
}

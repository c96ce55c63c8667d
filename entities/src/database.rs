//! The connection to the memory of the office: one writer and some readers on SQLite, one pool on PostgreSQL.

use crate::error::Error;
use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseSettings {
    /// `sqlite://data/motcua.db` or `postgres://user:password@host/motcua`.
    pub url: String,
    /// Connections of the pool on PostgreSQL; readers on SQLite.
    pub connections: u32,
    /// Milliseconds to wait for a free connection before the request is answered 503.
    pub acquire_timeout_ms: u64,
    /// Role of the processes on PostgreSQL, to which `motcua migrate` gives its rights; none when they own the tables.
    pub app_role: Option<String>,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: "sqlite://data/motcua.db".into(),
            connections: 12,
            acquire_timeout_ms: 5_000,
            app_role: None,
        }
    }
}

/// An open database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Database {
    /// Opens the pools. SQLite files are created when missing. Fails when the server does not answer.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, Error> {
        if settings.url.starts_with("sqlite") {
            let writer = sea_orm::Database::connect(sqlite(settings, 1, false)).await?;
            let reader = sea_orm::Database::connect(sqlite(settings, settings.connections, true)).await?;
            return Ok(Self { writer, reader });
        }
        let pool = sea_orm::Database::connect(postgres(settings)).await?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// Opens a write transaction: `BEGIN IMMEDIATE` on SQLite, read committed on PostgreSQL.
    pub async fn begin(&self) -> Result<DatabaseTransaction, Error> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// For single statements that write.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// For reads.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Which engine this is.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Closes the pools; statements under way end first.
    pub async fn close(&self) -> Result<(), Error> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await?;
        Ok(())
    }
}

fn sqlite(settings: &DatabaseSettings, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = base(settings, connections);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .create_if_missing(true)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("busy_timeout", "10000")
            .pragma("foreign_keys", "ON")
            .pragma("temp_store", "MEMORY");
        // Kilobytes for each connection: there are many readers, and the system caches the file for all of them.
        if read_only {
            o.pragma("query_only", "ON").pragma("cache_size", "-2048")
        } else {
            o.pragma("cache_size", "-8192")
        }
    });
    options
}

fn postgres(settings: &DatabaseSettings) -> ConnectOptions {
    let mut options = base(settings, settings.connections);
    options.set_application_name("motcua");
    options
}

fn base(settings: &DatabaseSettings, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.url.clone());
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_millis(settings.acquire_timeout_ms))
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false);
    options
}

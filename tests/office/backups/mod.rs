//! Backups: taken while the office runs, given back elsewhere, and refused when anything in them differs.

mod drill;
mod flaws;
mod folder;

use crate::commands::Desk;
use crate::support::database::TestDatabase;
use entities::database::Database;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What the newest backup of a folder says of itself.
fn manifest(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(newest(folder).join("manifest.json")).unwrap()).unwrap()
}

fn newest(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.join("manifest.json").is_file()).max().expect("a backup")
}

/// Rows of each table, as the manifest tells and as the database counts.
async fn rows(manifest: &Value, database: &Database) -> (Vec<(String, u64)>, Vec<(String, u64)>) {
    let (mut told, mut counted) = (Vec::new(), Vec::new());
    for piece in manifest["tables"].as_array().unwrap() {
        let table = piece["table"].as_str().unwrap().to_owned();
        told.push((table.clone(), piece["rows"].as_u64().unwrap()));
        counted.push((table.clone(), count(database, &table).await));
    }
    (told, counted)
}

async fn count(database: &Database, table: &str) -> u64 {
    let statement =
        Statement::from_string(database.backend(), format!("SELECT count(*) AS n FROM \"{table}\""));
    let row = database.reader().query_one_raw(statement).await.unwrap().unwrap();
    u64::try_from(row.try_get::<i64>("", "n").unwrap()).unwrap()
}

/// An empty database, and a terminal at which it is the office's.
async fn elsewhere() -> (TestDatabase, Desk) {
    let database = TestDatabase::empty().await;
    let desk = Desk::new(&database.url(), "");
    (database, desk)
}

/// Puts bytes into the store of a desk, where the file of this SHA-256 lies.
fn stored(desk: &Desk, sha256: &str, bytes: &[u8]) {
    let folder = desk.0.join("files/files/sha256").join(&sha256[..2]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(sha256), bytes).unwrap();
}

//! Taking a backup while the office runs: all tables as they stood at one instant, then the files they name.

use super::columns::{self, Table};
use super::folder::{self, Folder, Piece, make, told};
use super::manifest::{FORM, Manifest, TablePiece};
use super::{pool, reading};
use chrono::{DateTime, Utc};
use entities::database::Database;
use migrations::Migrator;
use object_store::ObjectStore;
use sea_orm::DatabaseTransaction;
use sea_orm_migration::MigratorTrait;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Columns that name a file by the SHA-256 of its bytes, and the folder of the store it lies in.
pub(crate) const NAMED: [(&str, &str, &str); 7] = [
    ("files", "sha256", "files"),
    ("documents", "sha256", "files"),
    ("documents", "rendition_sha256", "files"),
    ("digitisation_stages", "output_sha256", "files"),
    ("digitised_pages", "picture_sha256", "files"),
    ("results", "sha256", "files"),
    ("forms", "sha256", "forms"),
];

/// A backup that was taken.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Its name in the folder.
    pub name: String,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Files that had to be copied; the others were in the pool.
    pub copied: u64,
}

/// Takes a backup into the folder. It is there under its name only when it is complete.
pub(crate) async fn take(
    db: &Database,
    store: &dyn ObjectStore,
    folder: &Folder,
    at: DateTime<Utc>,
) -> Result<Taken, String> {
    let name = folder::name(at);
    let (coming, kept) = (folder.0.join(format!(".{name}")), folder.0.join(&name));
    make(&coming.join("tables"))?;
    make(&folder.0.join("files"))?;
    let before = folder.backups()?.pop().map(|before| folder.0.join(before).join("files.jsonl"));
    let tx = reading::snapshot(db).await?;
    let tables = columns::tables(&tx).await?;
    let migrations = migrations(db).await?;
    let (tables, wanted) = write_tables(&tx, &tables, &coming.join("tables")).await?;
    tx.rollback().await.map_err(|e| e.to_string())?;
    let files = pool::keep((folder, &coming), store, before.as_deref(), &wanted).await?;
    let engine = format!("{:?}", db.backend()).to_lowercase();
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let manifest =
        Manifest { form: FORM.into(), program, engine, taken_at: at, migrations, tables, files: files.piece };
    sign_off(&coming, &manifest)?;
    fs::rename(&coming, &kept).map_err(|e| told(&kept, &e))?;
    sync(&folder.0)?;
    Ok(Taken { name, manifest, copied: files.copied })
}

/// Names of the migrations that were run. Fails when there are none: then this is not the office's database.
pub(crate) async fn migrations(db: &Database) -> Result<Vec<String>, String> {
    let run = Migrator::get_applied_migrations(db.writer()).await.map_err(|e| e.to_string())?;
    let names: Vec<String> = run.iter().map(|step| step.name().to_owned()).collect();
    if names.is_empty() {
        return Err("[database] there is no table in it; is this the office's database?".into());
    }
    Ok(names)
}

/// Writes one piece a table; gives the pieces and the places of all files that rows name.
async fn write_tables(
    tx: &DatabaseTransaction,
    tables: &[Table],
    into: &Path,
) -> Result<(Vec<TablePiece>, BTreeSet<String>), String> {
    let (mut pieces, mut wanted) = (Vec::with_capacity(tables.len()), BTreeSet::new());
    for table in tables {
        let path = into.join(format!("{}.jsonl", table.name));
        let file = BufWriter::new(File::create(&path).map_err(|e| told(&path, &e))?);
        let (file, piece) = write_rows(tx, table, file, |row| note(&table.name, row, &mut wanted)).await?;
        let file = file.into_inner().map_err(|e| told(&path, e.error()))?;
        file.sync_all().map_err(|e| told(&path, &e))?;
        pieces.push(piece);
    }
    Ok((pieces, wanted))
}

/// Writes the rows of a table as lines, and shows each to `seen`.
pub(crate) async fn write_rows<W: Write>(
    tx: &DatabaseTransaction,
    table: &Table,
    into: W,
    mut seen: impl FnMut(&Map<String, Value>),
) -> Result<(W, TablePiece), String> {
    let (mut piece, mut rows) = (Piece::new(into), 0);
    reading::rows(tx, table, |row| {
        seen(&row);
        rows += 1;
        let line = serde_json::to_string(&row).map_err(|e| e.to_string())?;
        piece.add(format!("{line}\n").as_bytes()).map_err(|e| format!("table {}: {e}", table.name))
    })
    .await?;
    let (into, sha256) = piece.end();
    Ok((into, TablePiece { table: table.name.clone(), rows, sha256 }))
}

fn note(table: &str, row: &Map<String, Value>, wanted: &mut BTreeSet<String>) {
    for (_, column, place) in NAMED.iter().filter(|(named, _, _)| *named == table) {
        if let Some(sha256) = row.get(*column).and_then(Value::as_str).filter(|text| !text.is_empty()) {
            let first: String = sha256.chars().take(2).collect();
            wanted.insert(format!("{place}/sha256/{first}/{sha256}"));
        }
    }
}

/// Writes the manifest, and its own SHA-256 in the form that `sha256sum -c` reads.
fn sign_off(backup: &Path, manifest: &Manifest) -> Result<(), String> {
    let text = serde_json::to_string_pretty(manifest).map_err(|e| e.to_string())?;
    let (_, sha256) = {
        let mut piece = Piece::new(std::io::sink());
        piece.add(text.as_bytes()).map_err(|e| e.to_string())?;
        piece.end()
    };
    write(&backup.join("manifest.sha256"), &format!("{sha256}  manifest.json\n"))?;
    write(&backup.join("manifest.json"), &text)?;
    sync(&backup.join("tables"))?;
    sync(backup)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let mut file = File::create(path).map_err(|e| told(path, &e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| told(path, &e))
}

fn sync(folder: &Path) -> Result<(), String> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| told(folder, &e))
}

//! Giving a backup back: into nothing but an empty database and an empty store, and all of it or nothing.

use super::columns::{self, Table};
use super::folder::Folder;
use super::manifest::Manifest;
use super::verifying::Checked;
use super::{pool, taking, writing};
use entities::database::Database;
use migrations::Migrator;
use object_store::ObjectStore;
use sea_orm::DatabaseTransaction;
use sea_orm_migration::MigratorTrait;
use std::fs::File;
use std::path::Path;

/// Writes rows and files, and reads every row again before it is committed. Fails in words; then the database is as
/// empty as it was.
pub(crate) async fn restore(
    (folder, backup): (&Folder, &Path),
    checked: &Checked,
    db: &Database,
    store: &dyn ObjectStore,
) -> Result<(), String> {
    let steps = known(&checked.manifest)?;
    nothing_there(db, store).await?;
    let tx = db.begin().await.map_err(|e| format!("[database] {e}"))?;
    Migrator::up(&tx, Some(steps)).await.map_err(|e| format!("migrations: {e}"))?;
    let tables = columns::tables(&tx).await?;
    let tables = paired(&tables, &checked.manifest)?;
    let ties = writing::untied(&tx).await?;
    for table in &tables {
        writing::emptied(&tx, table).await?;
    }
    for table in &tables {
        let path = backup.join("tables").join(format!("{}.jsonl", table.name));
        let piece = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        writing::fill(&tx, table, piece).await?;
    }
    writing::tied(&tx, ties).await?;
    read_again(&tx, &tables, &checked.manifest).await?;
    Migrator::up(&tx, None).await.map_err(|e| format!("migrations: {e}"))?;
    pool::give_back(folder, &checked.files, store).await?;
    tx.commit().await.map_err(|e| format!("[database] {e}"))
}

/// How many of this program's migrations the backup had run. Fails when it had run one that is not known here.
fn known(manifest: &Manifest) -> Result<u32, String> {
    let ours: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    if let Some(strange) = manifest.migrations.iter().find(|name| !ours.contains(name)) {
        return Err(format!(
            "the backup was taken by motcua {} with migration {strange}, which this motcua {} does not know; restore it \
             with that version or a later one",
            manifest.program,
            env!("CARGO_PKG_VERSION")
        ));
    }
    if !ours.starts_with(&manifest.migrations) {
        return Err("the migrations of the backup were not run in this program's order".into());
    }
    u32::try_from(manifest.migrations.len()).map_err(|e| e.to_string())
}

async fn nothing_there(db: &Database, store: &dyn ObjectStore) -> Result<(), String> {
    let tables = columns::tables(db.reader()).await?;
    if let Some(table) = tables.first() {
        return Err(format!(
            "[database] is not empty, it has the table {}; name a database without tables",
            table.name
        ));
    }
    match pool::listed(store).await?.first() {
        Some(meta) => Err(format!("[files] is not empty, there is {}; name an empty store", meta.location)),
        None => Ok(()),
    }
}

/// The tables of the database, which must be those of the manifest.
fn paired(tables: &[Table], manifest: &Manifest) -> Result<Vec<Table>, String> {
    let here: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    let told: Vec<&str> = manifest.tables.iter().map(|piece| piece.table.as_str()).collect();
    if let Some(strange) = told.iter().find(|name| !here.contains(name)) {
        return Err(format!("the backup has a table {strange}, which its migrations do not make"));
    }
    match here.iter().find(|name| !told.contains(name)) {
        Some(missing) => Err(format!("the backup lacks the table {missing}")),
        None => Ok(tables.to_vec()),
    }
}

/// Reads every table as a backup would and compares it with the manifest.
async fn read_again(tx: &DatabaseTransaction, tables: &[Table], manifest: &Manifest) -> Result<(), String> {
    for table in tables {
        let (_, piece) = taking::write_rows(tx, table, std::io::sink(), |_| {}).await?;
        let told = manifest.tables.iter().find(|told| told.table == table.name);
        if told != Some(&piece) {
            let rows = told.map_or(0, |told| told.rows);
            return Err(format!(
                "table {}: {} rows are there, {rows} were to be, and they do not read as they were written",
                table.name, piece.rows
            ));
        }
    }
    Ok(())
}

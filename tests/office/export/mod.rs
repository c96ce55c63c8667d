//! The full export: everything in an open form, noted before it is written, and refused by the check when anything differs.

mod amid;
mod broken;
mod engines;
mod named;
mod refused;
mod whole;

use crate::commands::Desk;
use crate::erasing;
use crate::invariants::busy::busy;
use crate::journeys::stage::Stage;
use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::keys::MASTER;
use entities::database::Database;
use entities::erasing::holds;
use entities::tables::{chronicle, dossiers};
use futures::TryStreamExt;
use object_store::ObjectStoreExt;
use rules::status::Status;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Statement};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Who takes everything out, and what for.
const BY: &str = "Nguyễn Văn Bàn Giao";
const PURPOSE: &str = "Bàn giao theo Quyết định 12/QĐ-UBND";

/// Dossiers in every status, drafts, papers, money, letters, words of the portal and the post; one dossier erased and one
/// held although its term is over.
async fn office() -> Stage {
    let (stage, _) = busy().await;
    let commune = &stage.commune;
    let draft = json!({"procedure": "1.001193", "application": {"form": {"note": "một"}}});
    assert_eq!(commune.post(MAU, "/v1/drafts", &draft).await.status(), 201);
    erasing::refused(commune).await;
    let held = erasing::refused(commune).await;
    let at = commune.clock.now();
    let id = text(&held, "id").parse().unwrap();
    holds::place(commune.database.writer(), id, "CV 12/TA ngày 01/03/2028", at).await.unwrap();
    every_status(commune).await;
    with_rendition(commune).await;
    erasing::settled(commune).await;
    commune.pass(erasing::LONG);
    erasing::night(commune).await;
    stage
}

/// A document that has a searchable copy beside what was scanned.
async fn with_rendition(commune: &Commune) {
    crate::documents::kept_card(commune).await;
    let copies = "UPDATE documents SET rendition_sha256 = sha256";
    assert!(commune.database.writer().execute_unprepared(copies).await.unwrap().rows_affected() > 0);
}

/// Those statuses that no journey above ends in, by decree.
async fn every_status(commune: &Commune) {
    let found = dossiers::Entity::find().all(commune.database.reader()).await.unwrap();
    let found: BTreeSet<String> = found.into_iter().map(|dossier| dossier.status).collect();
    for status in Status::ALL.map(Status::key).into_iter().filter(|key| !found.contains(*key)) {
        let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
        let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
        let decree = format!("UPDATE dossiers SET status = '{status}' WHERE id = $1");
        let id: uuid::Uuid = text(&dossier, "id").parse().unwrap();
        let decree = Statement::from_sql_and_values(commune.database.backend(), decree, [id.into()]);
        assert_eq!(commune.database.writer().execute_raw(decree).await.unwrap().rows_affected(), 1);
    }
}

/// A terminal of the office, with its keys and its files.
async fn desk_of(commune: &Commune) -> Desk {
    let desk = Desk::new(&commune.database.url(), &format!("[sealing]\nmaster = \"{MASTER}\"\n"));
    let metas: Vec<_> = commune.raw.list(None).try_collect().await.unwrap();
    for meta in metas {
        let bytes = commune.raw.get(&meta.location).await.unwrap().bytes().await.unwrap();
        let place = desk.0.join("files").join(meta.location.as_ref());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    desk
}

/// Takes everything out into a folder.
fn taken_out(desk: &Desk, folder: &Path) -> (bool, String) {
    desk.run(&["export", "--to", folder.to_str().unwrap(), "--by", BY, "--purpose", PURPOSE])
}

/// Checks a folder, with settings that lead to no database.
fn checked(folder: &Path) -> (bool, String) {
    Desk::new("sqlite:///nowhere/at/all.db", "").run(&["export", "--check", folder.to_str().unwrap()])
}

fn json_of(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn manifest(folder: &Path) -> Value {
    json_of(&folder.join("manifest.json"))
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The rows of a table in a folder.
fn table(folder: &Path, name: &str) -> Vec<Value> {
    lines(&folder.join("tables").join(format!("{name}.jsonl")))
}

/// What the chronicle says of things that were taken out, oldest first.
async fn noted(database: &Database) -> Vec<chronicle::Model> {
    let entries = chronicle::Entity::find().filter(chronicle::Column::What.starts_with("motcua export"));
    entries.order_by_asc(chronicle::Column::Id).all(database.reader()).await.unwrap()
}

async fn count(database: &Database, table: &str) -> u64 {
    let sql = format!("SELECT count(*) AS n FROM \"{table}\"");
    let row = database.reader().query_one_raw(Statement::from_string(database.backend(), sql)).await;
    row.unwrap().unwrap().try_get::<i64>("", "n").unwrap().unsigned_abs()
}

/// Every table with its columns, but the book of the migrations.
async fn columns(database: &Database) -> Vec<(String, String)> {
    let sql = match database.backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'"
        }
        _ => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name <> 'seaql_migrations' AND m.name NOT LIKE 'sqlite%'"
        }
    };
    let rows =
        database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap();
    assert!(rows.len() > 1_000, "{}", rows.len());
    rows.iter().map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())).collect()
}

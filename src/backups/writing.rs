//! Filling empty tables: the ties between them are taken off before and put back, and so checked, afterwards.

use super::cells;
use super::columns::Table;
use sea_orm::sea_query::{Alias, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Values in one statement; SQLite takes 32,766.
const VALUES: usize = 16_000;

/// The ties that were taken off.
#[derive(Debug)]
pub(crate) struct Ties(Vec<(String, String)>);

/// Lets rows come in any order until `tied`.
pub(crate) async fn untied(tx: &DatabaseTransaction) -> Result<Ties, String> {
    if tx.get_database_backend() != DbBackend::Postgres {
        // Until `tied`, which looks for what points nowhere.
        run(tx, "PRAGMA defer_foreign_keys = ON").await?;
        return Ok(Ties(Vec::new()));
    }
    let rows = tx.query_all_raw(Statement::from_string(DbBackend::Postgres, TIES)).await;
    let mut ties = Vec::new();
    for row in rows.map_err(|e| e.to_string())? {
        let text = |name: &str| row.try_get::<String>("", name).map_err(|e| e.to_string());
        let (table, name, definition) = (text("tab")?, text("name")?, text("definition")?);
        run(tx, &format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\"")).await?;
        ties.push((table.clone(), format!("ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {definition}")));
    }
    Ok(Ties(ties))
}

const TIES: &str = "SELECT conrelid::regclass::text AS tab, conname::text AS name, \
     pg_get_constraintdef(oid) AS definition FROM pg_constraint \
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname";

const LOOSE: &str = "a row points to one that is not there";

/// Ties the tables again; fails when a row points to one that is not there.
pub(crate) async fn tied(tx: &DatabaseTransaction, ties: Ties) -> Result<(), String> {
    for (table, again) in ties.0 {
        run(tx, &again).await.map_err(|e| format!("table {table}: {LOOSE}: {e}"))?;
    }
    if tx.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check");
    match tx.query_one_raw(check).await.map_err(|e| e.to_string())? {
        Some(row) => {
            let table: String = row.try_get("", "table").map_err(|e| e.to_string())?;
            Err(format!("table {table}: {LOOSE}"))
        }
        None => Ok(()),
    }
}

/// Takes out what the migrations themselves put in: the backup has it.
pub(crate) async fn emptied(tx: &DatabaseTransaction, table: &Table) -> Result<(), String> {
    let any = Statement::from_string(
        tx.get_database_backend(),
        format!("SELECT 1 AS one FROM \"{}\" LIMIT 1", table.name),
    );
    if tx.query_one_raw(any).await.map_err(|e| e.to_string())?.is_some() {
        run(tx, &format!("DELETE FROM \"{}\"", table.name)).await?;
    }
    Ok(())
}

/// Writes the lines of a piece into its table.
pub(crate) async fn fill(tx: &DatabaseTransaction, table: &Table, piece: File) -> Result<(), String> {
    let at_once = (VALUES / table.columns.len().max(1)).max(1);
    let mut rows = Vec::new();
    for line in BufReader::new(piece).lines() {
        let line = line.map_err(|e| format!("table {}: {e}", table.name))?;
        rows.push(cells::bound(table, &line)?);
        if rows.len() >= at_once {
            insert(tx, table, std::mem::take(&mut rows)).await?;
        }
    }
    insert(tx, table, rows).await
}

async fn insert(
    tx: &DatabaseTransaction,
    table: &Table,
    rows: Vec<Vec<sea_orm::sea_query::Value>>,
) -> Result<(), String> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(Alias::new(&table.name));
    insert.columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        let row = insert.values(row.into_iter().map(SimpleExpr::from));
        row.map_err(|e| format!("table {}: {e}", table.name))?;
    }
    tx.execute(&insert).await.map(drop).map_err(|e| format!("table {}: {e}", table.name))
}

async fn run(tx: &DatabaseTransaction, sql: &str) -> Result<(), String> {
    tx.execute_unprepared(sql).await.map(drop).map_err(|e| e.to_string())
}

//! What tables the database has, read from the database itself, so that no table can be forgotten.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::BTreeMap;

/// One table.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, by name.
    pub columns: Vec<Column>,
    /// Columns of its primary key, in order.
    pub key: Vec<String>,
}

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds; the same on both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A key.
    Key,
    /// Words.
    Text,
    /// Yes or no.
    Flag,
    /// A number of two bytes.
    Small,
    /// A number of four bytes.
    Whole,
    /// A number of eight bytes.
    Big,
    /// A day.
    Day,
    /// An instant.
    Instant,
}

/// The migrations' own book, which a restored database writes for itself.
const BOOK: &str = "seaql_migrations";

/// All tables of the office by name. Fails in words at a type that no backup knows.
pub(crate) async fn tables(db: &impl ConnectionTrait) -> Result<Vec<Table>, String> {
    let backend = db.get_database_backend();
    let (columns, keys) = match backend {
        DbBackend::Postgres => (POSTGRES_COLUMNS, POSTGRES_KEYS),
        _ => (SQLITE_COLUMNS, SQLITE_KEYS),
    };
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for (table, name, declared) in told(db, columns).await? {
        let kind = kind(backend, &declared)
            .ok_or_else(|| format!("column {table}.{name} is of type {declared}, which no backup knows"))?;
        let fresh = || Table { name: table.clone(), columns: Vec::new(), key: Vec::new() };
        tables.entry(table.clone()).or_insert_with(fresh).columns.push(Column { name, kind });
    }
    for (table, name, _) in told(db, keys).await? {
        if let Some(table) = tables.get_mut(&table) {
            table.key.push(name);
        }
    }
    tables.remove(BOOK);
    match tables.values().find(|table| table.key.is_empty()) {
        Some(table) => Err(format!("table {} has no primary key to be read by", table.name)),
        None => Ok(tables.into_values().collect()),
    }
}

async fn told(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<(String, String, String)>, String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let read = |row: &QueryResult| {
        Ok((row.try_get("", "tab")?, row.try_get("", "col")?, row.try_get::<String>("", "kind")?))
    };
    let rows = rows.map_err(|e| format!("the tables cannot be read: {e}"))?;
    rows.iter()
        .map(read)
        .collect::<Result<_, sea_orm::DbErr>>()
        .map_err(|e| format!("the tables cannot be read: {e}"))
}

const POSTGRES_COLUMNS: &str = "SELECT c.table_name::text AS tab, c.column_name::text AS col, \
     c.data_type::text AS kind FROM information_schema.columns c \
     JOIN information_schema.tables t USING (table_schema, table_name) \
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
     ORDER BY c.table_name, c.column_name COLLATE \"C\"";

const POSTGRES_KEYS: &str = "SELECT c.relname::text AS tab, a.attname::text AS col, ''::text AS kind \
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
     JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema() \
     CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place) \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum \
     WHERE i.indisprimary ORDER BY c.relname, k.place";

const SQLITE_COLUMNS: &str = "SELECT t.name AS tab, c.name AS col, c.type AS kind \
     FROM sqlite_master t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.name";

const SQLITE_KEYS: &str = "SELECT t.name AS tab, c.name AS col, '' AS kind \
     FROM sqlite_master t JOIN pragma_table_info(t.name) c \
     WHERE t.type = 'table' AND c.pk > 0 ORDER BY t.name, c.pk";

fn kind(backend: DbBackend, declared: &str) -> Option<Kind> {
    let declared = declared.to_ascii_lowercase();
    let plain = declared.split('(').next().unwrap_or_default();
    Some(match plain {
        "uuid" | "uuid_text" => Kind::Key,
        "varchar" | "text" | "character varying" => Kind::Text,
        "boolean" => Kind::Flag,
        // SQLite keeps every number in up to eight bytes, whatever its column is called.
        "smallint" | "integer" | "bigint" if backend != DbBackend::Postgres => Kind::Big,
        "smallint" => Kind::Small,
        "integer" => Kind::Whole,
        "bigint" => Kind::Big,
        "date" | "date_text" => Kind::Day,
        "timestamp with time zone" | "timestamp_with_timezone_text" => Kind::Instant,
        _ => return None,
    })
}

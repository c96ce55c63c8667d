//! Which columns name a row of another table: what the database itself holds together, and what it does not.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use std::collections::BTreeMap;

/// Links that the database does not hold, but the office keeps.
const KEPT: [(&str, &str, &str); 13] = [
    ("consultations", "file_id", "files"),
    ("corrections", "file_id", "files"),
    ("decisions", "file_id", "files"),
    ("digitisations", "document_id", "documents"),
    ("digitisations", "file_id", "files"),
    ("digitisations", "paper_id", "papers"),
    ("dossiers", "procedure_id", "procedures"),
    ("papers", "document_id", "documents"),
    ("papers", "file_id", "files"),
    ("payment_messages", "payment_id", "payments"),
    ("payments", "voucher_file_id", "files"),
    ("portal_papers", "file_id", "files"),
    ("tax_receipts", "file_id", "files"),
];

/// Table of which each column, by table and column, names a row by its key `id`.
pub(crate) async fn links(db: &impl ConnectionTrait) -> Result<BTreeMap<(String, String), String>, String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => POSTGRES,
        _ => SQLITE,
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let read = |row: &QueryResult| {
        Ok(((row.try_get("", "tab")?, row.try_get("", "col")?), row.try_get("", "parent")?))
    };
    let held: Result<BTreeMap<_, _>, sea_orm::DbErr> =
        rows.map_err(|e| e.to_string())?.iter().map(read).collect();
    let mut links = held.map_err(|e| format!("the ties between tables cannot be read: {e}"))?;
    links.extend(KEPT.map(|(table, column, parent)| ((table.into(), column.into()), parent.into())));
    Ok(links)
}

const POSTGRES: &str = "SELECT c.relname::text AS tab, a.attname::text AS col, p.relname::text AS parent \
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid \
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1] \
     JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = k.confkey[1] \
     WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace \
     AND cardinality(k.conkey) = 1 AND b.attname = 'id'";

const SQLITE: &str = "SELECT t.name AS tab, f.\"from\" AS col, f.\"table\" AS parent \
     FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f \
     WHERE t.type = 'table' AND f.\"to\" = 'id'";

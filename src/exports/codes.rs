//! To which dossier a file belongs, so that it can lie in a folder of its dossier's code.

use super::plans::Plan;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Columns that name a file by its key, in tables that name the dossier.
const NAMING: [(&str, &str); 11] = [
    ("papers", "file_id"),
    ("decisions", "file_id"),
    ("corrections", "file_id"),
    ("consultations", "file_id"),
    ("digitisations", "file_id"),
    ("documents", "file_id"),
    ("mandates", "proof_id"),
    ("payments", "voucher_file_id"),
    ("portal_papers", "file_id"),
    ("results", "file_id"),
    ("tax_receipts", "file_id"),
];

/// Codes by the key that `of_row` finds in a row.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    column: &'static str,
    found: BTreeMap<Uuid, String>,
}

impl Codes {
    /// The code of the dossier of a row; none for what belongs to none. A file of several dossiers lies with the first.
    pub(crate) fn of_row(&self, row: &Map<String, Value>) -> Option<&str> {
        self.found.get(&key(row, self.column)?).map(String::as_str)
    }
}

/// Asks for the codes of a page of rows that name bytes.
pub(crate) async fn codes(
    tx: &DatabaseTransaction,
    plan: &Plan,
    rows: &[Map<String, Value>],
) -> Result<Codes, String> {
    let (column, sql): (&str, fn(&str) -> String) = match plan.table.name.as_str() {
        "files" => ("id", of_files),
        "digitisation_stages" | "digitised_pages" => ("digitisation_id", of_digitisations),
        _ => ("dossier_id", of_dossiers),
    };
    let mut keys: Vec<Uuid> = rows.iter().filter_map(|row| key(row, column)).collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(Codes { column, found: BTreeMap::new() });
    }
    let places = (1..=keys.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
    let values = keys.into_iter().map(Into::into);
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql(&places), values);
    let words = |e: sea_orm::DbErr| format!("table {}: {e}", plan.table.name);
    let found = tx.query_all_raw(statement).await.map_err(words)?;
    let pair = |row: &sea_orm::QueryResult| Ok((row.try_get("", "thing")?, row.try_get("", "code")?));
    Ok(Codes { column, found: found.iter().map(pair).collect::<Result<_, _>>().map_err(words)? })
}

fn of_dossiers(keys: &str) -> String {
    format!("SELECT id AS thing, code FROM dossiers WHERE id IN ({keys})")
}

fn of_digitisations(keys: &str) -> String {
    format!(
        "SELECT i.id AS thing, d.code AS code FROM digitisations i JOIN dossiers d ON d.id = i.dossier_id \
         WHERE i.id IN ({keys})"
    )
}

fn of_files(keys: &str) -> String {
    let named = NAMING.map(|(table, column)| {
        format!("SELECT {column} AS thing, dossier_id FROM {table} WHERE {column} IN ({keys})")
    });
    format!(
        "SELECT n.thing AS thing, MIN(d.code) AS code FROM ({}) n JOIN dossiers d ON d.id = n.dossier_id \
         GROUP BY n.thing",
        named.join(" UNION ALL ")
    )
}

fn key(row: &Map<String, Value>, column: &str) -> Option<Uuid> {
    row.get(column)?.as_str()?.parse().ok()
}

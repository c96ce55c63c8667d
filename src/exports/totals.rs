//! Counts and sums that must agree: asked of the database when an export is made, and of its lines when it is checked.

use crate::backups::columns::Table;
use chrono::{DateTime, SecondsFormat, Utc};
use rules::status::Status;
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What is counted: rows of a table by a column, with the sum of another in đồng.
const COUNTED: [(&str, &str, Option<&str>); 15] = [
    ("consultations", "state", None),
    ("digitisations", "state", None),
    ("dossiers", "channel", None),
    ("dossiers", "deadline", None),
    ("dossiers", "fee_state", Some("fee_total")),
    ("dossiers", "status", None),
    ("history", "act", None),
    ("notices", "state", None),
    ("payments", "state", Some("amount")),
    ("questions", "state", None),
    ("ratings", "score", None),
    ("receipts", "state", Some("amount")),
    ("refunds", "state", Some("amount")),
    ("results", "state", None),
    ("tax_notices", "state", Some("amount")),
];

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Total {
    /// The table.
    pub table: String,
    /// The column that parts its rows; `deadline` stands for how dossiers stand to their due date at `taken_at`.
    pub by: String,
    /// What stands in it.
    pub value: String,
    /// Rows with it.
    pub rows: u64,
    /// Their sum in đồng, where there is one.
    pub sum: Option<i64>,
}

/// All totals, as the database counts them at this moment of its transaction.
pub(crate) async fn counted(tx: &DatabaseTransaction, at: DateTime<Utc>) -> Result<Vec<Total>, String> {
    let mut totals = Vec::new();
    for (table, by, sum) in COUNTED {
        let value = if by == "deadline" { deadline_sql() } else { format!("CAST({by} AS TEXT)") };
        let sum_of = sum.map_or_else(|| "0".to_owned(), |column| format!("COALESCE(SUM({column}), 0)"));
        let sql = format!(
            "SELECT value, COUNT(*) AS n, CAST({} AS BIGINT) AS total \
             FROM (SELECT {value} AS value{} FROM {table}) counted GROUP BY value",
            sum_of,
            sum.map_or_else(String::new, |column| format!(", {column}"))
        );
        let values = if by == "deadline" { vec![at.into()] } else { Vec::new() };
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        let words = |e: sea_orm::DbErr| format!("table {table}: {e}");
        for row in tx.query_all_raw(statement).await.map_err(words)? {
            totals.push(total((table, by, sum), &row).map_err(words)?);
        }
    }
    totals.sort();
    Ok(totals)
}

fn total((table, by, sum): (&str, &str, Option<&str>), row: &QueryResult) -> Result<Total, sea_orm::DbErr> {
    let rows: i64 = row.try_get("", "n")?;
    let found: i64 = row.try_get("", "total")?;
    let value: Option<String> = row.try_get("", "value")?;
    Ok(Total {
        table: table.to_owned(),
        by: by.to_owned(),
        value: value.unwrap_or_default(),
        rows: rows.unsigned_abs(),
        sum: sum.map(|_| found),
    })
}

/// How many rows the database counts in a table.
pub(crate) async fn rows(tx: &DatabaseTransaction, table: &Table) -> Result<u64, String> {
    let sql = format!("SELECT COUNT(*) AS n FROM \"{}\"", table.name);
    let words = |e: sea_orm::DbErr| format!("table {}: {e}", table.name);
    let row =
        tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await.map_err(words)?;
    let rows = row.map(|row| row.try_get::<i64>("", "n")).transpose().map_err(words)?;
    Ok(rows.unwrap_or_default().unsigned_abs())
}

/// How a dossier stands to its due date, as SQL; `$1` is the instant of the export.
fn deadline_sql() -> String {
    let ends = Status::ALL.into_iter().filter(|status| status.is_final());
    let ends = ends.map(|status| format!("'{}'", status.key())).collect::<Vec<_>>().join(", ");
    format!(
        "CASE WHEN decided_at IS NOT NULL AND due_at IS NULL THEN 'decided_without_date' \
         WHEN decided_at <= due_at THEN 'decided_in_time' WHEN decided_at > due_at THEN 'decided_late' \
         WHEN status IN ({ends}) THEN 'ended_undecided' WHEN due_at IS NULL THEN 'waits_without_date' \
         WHEN due_at >= $1 THEN 'waits_in_time' ELSE 'waits_late' END"
    )
}

/// The same of a line; instants of an export compare as they are written.
fn deadline(row: &Map<String, Value>, at: &str) -> &'static str {
    let text = |column: &str| row.get(column).and_then(Value::as_str);
    let ended = || Status::ALL.iter().any(|end| end.is_final() && Some(end.key()) == text("status"));
    match (text("decided_at"), text("due_at")) {
        (Some(_), None) => "decided_without_date",
        (Some(decided), Some(due)) if decided <= due => "decided_in_time",
        (Some(_), Some(_)) => "decided_late",
        (None, _) if ended() => "ended_undecided",
        (None, None) => "waits_without_date",
        (None, Some(due)) if due >= at => "waits_in_time",
        (None, Some(_)) => "waits_late",
    }
}

/// Totals that are being counted from lines.
#[derive(Debug)]
pub(crate) struct Tally {
    at: String,
    found: BTreeMap<(&'static str, &'static str, String), (u64, Option<i64>)>,
}

impl Tally {
    /// At the instant of the export.
    pub(crate) fn at(at: DateTime<Utc>) -> Self {
        Self { at: at.to_rfc3339_opts(SecondsFormat::Micros, true), found: BTreeMap::new() }
    }

    /// Counts a row of a table.
    pub(crate) fn add(&mut self, table: &str, row: &Map<String, Value>) {
        for (of, by, sum) in COUNTED.into_iter().filter(|(of, _, _)| *of == table) {
            let value = match (by, row.get(by)) {
                ("deadline", _) => deadline(row, &self.at).to_owned(),
                (_, None | Some(Value::Null)) => String::new(),
                (_, Some(Value::String(text))) => text.clone(),
                (_, Some(other)) => other.to_string(),
            };
            let (rows, total) = self.found.entry((of, by, value)).or_insert((0, sum.map(|_| 0)));
            *rows = rows.saturating_add(1);
            let more = sum.and_then(|column| row.get(column)).and_then(Value::as_i64).unwrap_or_default();
            *total = total.map(|total| total.saturating_add(more));
        }
    }

    /// What was counted.
    pub(crate) fn totals(self) -> Vec<Total> {
        let total = |((table, by, value), (rows, sum)): ((&str, &str, String), _)| Total {
            table: table.to_owned(),
            by: by.to_owned(),
            value,
            rows,
            sum,
        };
        let mut totals: Vec<Total> = self.found.into_iter().map(total).collect();
        totals.sort();
        totals
    }
}

//! One row as an object of JSON, the same words on both engines, and back.

use super::columns::{Column, Kind, Table};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::sea_query::Value as Bound;
use sea_orm::{DbErr, QueryResult};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A row of a table as JSON: keys with hyphens, days as `YYYY-MM-DD`, instants in UTC with six decimals.
pub(crate) fn told(table: &Table, row: &QueryResult) -> Result<Map<String, Value>, DbErr> {
    table.columns.iter().map(|column| Ok((column.name.clone(), cell(column, row)?))).collect()
}

fn cell(column: &Column, row: &QueryResult) -> Result<Value, DbErr> {
    let name = column.name.as_str();
    Ok(match column.kind {
        Kind::Key => row.try_get::<Option<Uuid>>("", name)?.map(|key| key.to_string()).into(),
        Kind::Text => row.try_get::<Option<String>>("", name)?.into(),
        Kind::Flag => row.try_get::<Option<bool>>("", name)?.into(),
        Kind::Small => row.try_get::<Option<i16>>("", name)?.into(),
        Kind::Whole => row.try_get::<Option<i32>>("", name)?.into(),
        Kind::Big => row.try_get::<Option<i64>>("", name)?.into(),
        Kind::Day => row.try_get::<Option<NaiveDate>>("", name)?.map(|day| day.to_string()).into(),
        Kind::Instant => row.try_get::<Option<DateTime<Utc>>>("", name)?.map(written).into(),
    })
}

fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The values of a line in the order of the table's columns. Fails in words at what does not fit.
pub(crate) fn bound(table: &Table, line: &str) -> Result<Vec<Bound>, String> {
    let cells: Map<String, Value> =
        serde_json::from_str(line).map_err(|e| format!("table {}: a line is no row: {e}", table.name))?;
    if cells.len() != table.columns.len() {
        let (told, wanted) = (cells.len(), table.columns.len());
        return Err(format!("table {}: a row has {told} columns instead of {wanted}", table.name));
    }
    let value = |column: &Column| {
        let cell = cells.get(&column.name);
        cell.and_then(|cell| bind(column.kind, cell))
            .ok_or_else(|| format!("table {}: column {} is missing or does not fit", table.name, column.name))
    };
    table.columns.iter().map(value).collect()
}

fn bind(kind: Kind, cell: &Value) -> Option<Bound> {
    if cell.is_null() {
        return Some(nothing(kind));
    }
    Some(match kind {
        Kind::Key => cell.as_str()?.parse::<Uuid>().ok()?.into(),
        Kind::Text => cell.as_str()?.into(),
        Kind::Flag => cell.as_bool()?.into(),
        Kind::Small => i16::try_from(cell.as_i64()?).ok()?.into(),
        Kind::Whole => i32::try_from(cell.as_i64()?).ok()?.into(),
        Kind::Big => cell.as_i64()?.into(),
        Kind::Day => cell.as_str()?.parse::<NaiveDate>().ok()?.into(),
        Kind::Instant => cell.as_str()?.parse::<DateTime<Utc>>().ok()?.into(),
    })
}

fn nothing(kind: Kind) -> Bound {
    match kind {
        Kind::Key => None::<Uuid>.into(),
        Kind::Text => None::<String>.into(),
        Kind::Flag => None::<bool>.into(),
        Kind::Small => None::<i16>.into(),
        Kind::Whole => None::<i32>.into(),
        Kind::Big => None::<i64>.into(),
        Kind::Day => None::<NaiveDate>.into(),
        Kind::Instant => None::<DateTime<Utc>>.into(),
    }
}

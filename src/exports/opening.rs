//! Opening what is sealed, because who receives it has none of our keys. The only place of the export that does.

use super::manifest::Unreadable;
use super::places::{Form, Sealed};
use super::plans::{Plan, Treatment};
use entities::dossiers::own_key::wrapped_keys;
use entities::error::Error;
use entities::sealing::{OwnSealer, Sealer};
use sea_orm::DatabaseTransaction;
use serde_json::{Map, Value};
use uuid::Uuid;

type Row = Map<String, Value>;

/// The rows of a page as they go out, and the cells that could not be opened: they go out empty.
pub(crate) async fn opened(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    plan: &Plan,
    rows: &[Row],
) -> Result<(Vec<Row>, Vec<Unreadable>), String> {
    let words = |e: Error| format!("table {}: {e}", plan.table.name);
    let mut about: Vec<Uuid> = Vec::new();
    if plan.columns.iter().any(|treatment| matches!(treatment, Treatment::Opened(..))) {
        about.extend(rows.iter().filter_map(|row| dossier(plan, row)));
        about.sort_unstable();
        about.dedup();
    }
    let keys = wrapped_keys(tx, &about).await.map_err(words)?;
    let mut unreadable = Vec::new();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let about = dossier(plan, row).unwrap_or_default();
        let own = sealer.own(about, keys.get(&about).map(String::as_str));
        out.push(one(plan, row, &own, &mut unreadable));
    }
    Ok((out, unreadable))
}

fn one(plan: &Plan, row: &Row, own: &Result<OwnSealer<'_>, Error>, unreadable: &mut Vec<Unreadable>) -> Row {
    let mut out = Row::new();
    for (column, treatment) in plan.table.columns.iter().zip(&plan.columns) {
        match treatment {
            Treatment::LeftOut => {}
            Treatment::Kept => {
                out.insert(column.name.clone(), row.get(&column.name).cloned().unwrap_or_default());
            }
            Treatment::Opened(name, sealed) => {
                let cell = cell(own, sealed, row).unwrap_or_else(|why| {
                    let (table, key) = (plan.table.name.clone(), key(plan, row));
                    unreadable.push(Unreadable { table, key, column: name.clone(), why });
                    Value::Null
                });
                out.insert(name.clone(), cell);
            }
        }
    }
    out
}

/// What is erased by its key comes out as its readers see it.
fn cell(own: &Result<OwnSealer<'_>, Error>, sealed: &Sealed, row: &Row) -> Result<Value, String> {
    let Some(Value::String(text)) = row.get(sealed.column) else { return Ok(Value::Null) };
    let own = own.as_ref().map_err(ToString::to_string)?;
    let opened = own.open(&sealed.place_of(row), text).map_err(|e| e.to_string())?.or_marked();
    Ok(match sealed.form {
        Form::Words => opened.into(),
        // What is no document after all goes out as the words it is.
        Form::Document => serde_json::from_str(&opened).unwrap_or(Value::String(opened)),
    })
}

/// The dossier that a row is about, whose own key may have sealed it.
fn dossier(plan: &Plan, row: &Row) -> Option<Uuid> {
    let column = if plan.table.name == "dossiers" { "id" } else { "dossier_id" };
    row.get(column)?.as_str()?.parse().ok()
}

/// The columns by which a row is known.
pub(crate) fn key(plan: &Plan, row: &Row) -> Row {
    let cell = |name: &String| Some((name.clone(), row.get(name)?.clone()));
    plan.table.key.iter().filter_map(cell).collect()
}

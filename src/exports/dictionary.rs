//! The data dictionary that goes with an export: what every table and column is, and what was left out.

use super::left_out::{COLUMNS, TABLES};
use super::plans::Plan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Printed from the doc comments of the tables: table, column and words, by tabs; a table itself has no column.
const WORDS: &str = include_str!("dictionary.tsv");

/// `dictionary.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dictionary {
    /// Tables that were handed over, by name.
    pub tables: Vec<Entry>,
    /// What was not, and why.
    pub left_out: Vec<LeftOut>,
}

/// One table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Its name.
    pub table: String,
    /// The thing that it tells of.
    pub thing: String,
    /// What it is.
    pub words: String,
    /// Columns by which a row is known; rows stand in their order.
    pub key: Vec<String>,
    /// What a row has.
    pub columns: Vec<Field>,
}

/// One column.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    /// Its name.
    pub name: String,
    /// `key`, `text`, `flag`, `number`, `day`, `instant`, or `document` for JSON.
    pub kind: String,
    /// What it is.
    pub words: String,
    /// It was sealed here and was opened.
    pub opened: bool,
    /// It is the SHA-256 of a file that `files.jsonl` names.
    pub bytes: bool,
    /// It is the `id` of a row of this table.
    pub names: Option<String>,
}

/// A table or a column that was not handed over.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeftOut {
    /// The table.
    pub table: String,
    /// The column; none for the whole table.
    pub column: Option<String>,
    /// Why.
    pub why: String,
}

/// The dictionary of these plans.
pub(crate) fn dictionary(plans: &[Plan], links: &BTreeMap<(String, String), String>) -> Dictionary {
    let words: BTreeMap<(&str, &str), &str> = WORDS.lines().filter_map(line).collect();
    let tables = plans.iter().map(|plan| entry(plan, &words, links)).collect();
    let whole = TABLES.map(|(table, why)| LeftOut { table: table.into(), column: None, why: why.into() });
    let column = |(table, column, why): (&str, &str, &str)| {
        let column = Some(column.to_owned());
        LeftOut { table: table.to_owned(), column, why: why.to_owned() }
    };
    Dictionary { tables, left_out: whole.into_iter().chain(COLUMNS.map(column)).collect() }
}

fn line(line: &'static str) -> Option<((&'static str, &'static str), &'static str)> {
    let mut parts = line.split('\t');
    Some(((parts.next()?, parts.next()?), parts.next()?))
}

fn entry(
    plan: &Plan,
    words: &BTreeMap<(&str, &str), &str>,
    links: &BTreeMap<(String, String), String>,
) -> Entry {
    let table = plan.table.name.as_str();
    let said = |column: &str| words.get(&(table, column)).copied().unwrap_or_default().to_owned();
    let field = |(here, name, kind): (&str, &str, &str)| Field {
        name: name.to_owned(),
        kind: kind.to_owned(),
        words: said(here),
        opened: here != name,
        bytes: plan.bytes().any(|(column, _)| column == here),
        names: links.get(&(table.to_owned(), here.to_owned())).cloned(),
    };
    Entry {
        table: table.to_owned(),
        thing: plan.thing.to_owned(),
        words: said(""),
        key: plan.table.key.clone(),
        columns: plan.going().map(field).collect(),
    }
}

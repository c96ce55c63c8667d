//! Whether the rows of an export hang together: columns, links from row to row, files, and sums.

use super::dictionary::{Dictionary, Entry};
use super::flaws::Flaws;
use super::lines;
use super::manifest::{FileLine, Manifest};
use super::totals::{Tally, Total};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use uuid::Uuid;

type Row = Map<String, Value>;

/// Keys of the rows that others name, by table: sixteen bytes a row, whatever a row is.
type Keys<'a> = BTreeMap<&'a str, BTreeSet<Uuid>>;

/// Reads every row once, and those that others name twice.
pub(crate) fn tie(folder: &Path, manifest: &Manifest, dictionary: &Dictionary, flaws: &mut Flaws) {
    if let Err(flaw) = tied(folder, manifest, dictionary, flaws) {
        flaws.add(flaw);
    }
}

fn tied(
    folder: &Path,
    manifest: &Manifest,
    dictionary: &Dictionary,
    flaws: &mut Flaws,
) -> Result<(), String> {
    let named: Vec<&str> = manifest.tables.iter().map(|piece| piece.name.as_str()).collect();
    if !dictionary.tables.iter().map(|entry| entry.table.as_str()).eq(named.iter().copied()) {
        return Err("dictionary.json: its tables are not those of the manifest".into());
    }
    let keys = keys(folder, dictionary)?;
    let mut files = lines::read::<FileLine>(&folder.join("files.jsonl"))?;
    let mut tally = Tally::at(manifest.taken_at);
    for entry in &dictionary.tables {
        for row in lines::read::<Row>(&place(folder, &entry.table))? {
            let row = row?;
            columns(entry, &row, flaws);
            links(entry, &row, &keys, flaws);
            for (column, sha256) in bytes(entry, &row) {
                let line = files.next().transpose()?;
                let is_it = |line: &FileLine| {
                    line.column == column && line.sha256 == sha256 && is_of(line, entry, &row)
                };
                if !line.as_ref().is_some_and(is_it) {
                    return Err(format!("files.jsonl: it does not name the file of {}", told(entry, &row)));
                }
            }
            tally.add(&entry.table, &row);
        }
    }
    if let Some(line) = files.next().transpose()? {
        flaws.add(format!("files.jsonl: no row names the file {} of {}", line.sha256, line.table));
    }
    sums(&manifest.totals, &tally.totals(), flaws);
    Ok(())
}

fn keys<'a>(folder: &Path, dictionary: &'a Dictionary) -> Result<Keys<'a>, String> {
    let columns = dictionary.tables.iter().flat_map(|entry| &entry.columns);
    let parents: BTreeSet<&str> = columns.filter_map(|column| column.names.as_deref()).collect();
    let mut keys = Keys::new();
    for parent in parents {
        let mut found = BTreeSet::new();
        for row in lines::read::<Row>(&place(folder, parent))? {
            found.extend(key(&row?, "id"));
        }
        keys.insert(parent, found);
    }
    Ok(keys)
}

fn columns(entry: &Entry, row: &Row, flaws: &mut Flaws) {
    let known = |name: &String| entry.columns.iter().any(|column| column.name == *name);
    if row.len() != entry.columns.len() || !row.keys().all(known) {
        flaws.add(format!("{}: its columns are not those of the dictionary", told(entry, row)));
    }
}

fn links(entry: &Entry, row: &Row, keys: &Keys<'_>, flaws: &mut Flaws) {
    for column in &entry.columns {
        let (Some(parent), Some(cell)) = (&column.names, row.get(&column.name)) else { continue };
        let found = key(row, &column.name)
            .is_some_and(|key| keys.get(parent.as_str()).is_some_and(|keys| keys.contains(&key)));
        if !cell.is_null() && !found {
            flaws.add(format!("{}: its {} {cell} is not among the {parent}", told(entry, row), column.name));
        }
    }
}

/// Column and SHA-256 of each file that a row names, in the order of the list.
fn bytes<'r>(entry: &'r Entry, row: &'r Row) -> impl Iterator<Item = (&'r str, &'r str)> {
    let columns = entry.columns.iter().filter(|column| column.bytes);
    let named = columns.filter_map(|column| Some((column.name.as_str(), row.get(&column.name)?.as_str()?)));
    named.filter(|(_, sha256)| !sha256.is_empty())
}

fn is_of(line: &FileLine, entry: &Entry, row: &Row) -> bool {
    let key = entry.key.iter().filter_map(|name| Some((name.clone(), row.get(name)?.clone())));
    line.table == entry.table && line.key == key.collect()
}

fn sums(told: &[Total], found: &[Total], flaws: &mut Flaws) {
    for total in told.iter().filter(|total| !found.contains(total)) {
        let of = |other: &&Total| {
            (&other.table, &other.by, &other.value) == (&total.table, &total.by, &total.value)
        };
        let (rows, sum) = found.iter().find(of).map_or((0, None), |other| (other.rows, other.sum));
        flaws.add(format!(
            "{}: {} rows with {} {} and a sum of {}, the manifest says {} and {}",
            total.table,
            rows,
            total.by,
            total.value,
            sum.unwrap_or_default(),
            total.rows,
            total.sum.unwrap_or_default()
        ));
    }
    let known = |total: &&Total| {
        told.iter()
            .any(|other| (&other.table, &other.by, &other.value) == (&total.table, &total.by, &total.value))
    };
    for total in found.iter().filter(|total| !known(total)) {
        flaws.add(format!(
            "{}: the manifest does not count rows with {} {}",
            total.table, total.by, total.value
        ));
    }
}

/// A row in words.
fn told(entry: &Entry, row: &Row) -> String {
    let key = entry.key.iter().filter_map(|name| row.get(name));
    let key: Vec<String> = key.map(|cell| cell.to_string().replace('"', "")).collect();
    format!("tables/{}.jsonl, row {}", entry.table, key.join(" "))
}

fn key(row: &Row, column: &str) -> Option<Uuid> {
    row.get(column)?.as_str()?.parse().ok()
}

fn place(folder: &Path, table: &str) -> PathBuf {
    folder.join("tables").join(format!("{table}.jsonl"))
}

//! No table and no column is forgotten, and no secret is handed over: a new one needs somebody who says what becomes of it.

use super::columns;
use crate::guards::sources;
use crate::support::database::TestDatabase;
use std::collections::BTreeSet;

const THINGS: &str = include_str!("../../../src/exports/things.rs");
const LEFT_OUT: &str = include_str!("../../../src/exports/left_out.rs");
const PLACES: &str = include_str!("../../../src/exports/places.rs");
const CODES: &str = include_str!("../../../src/exports/codes.rs");
const WORDS: &str = include_str!("../../../src/exports/dictionary.tsv");

/// Columns that are called like a secret and are none: the hashes of the chronicle, and what keeps messages apart.
const NO_SECRETS: [&str; 9] = [
    "chronicle.after_hash",
    "chronicle.before_hash",
    "chronicle.record_hash",
    "chronicle_checkpoints.hash",
    "chronicle_links.entry_hash",
    "chronicle_links.hash",
    "chronicle_links.prev_hash",
    "chronicle_checkpoints.key_id",
    "portal_messages.fingerprint",
];

/// Columns of uploads and lists that name a file nobody fetches by them.
const NO_FILES: [&str; 1] = ["uploads.file_id"];

#[tokio::test]
async fn s_11_every_table_is_handed_over_or_left_out_with_a_reason() {
    let database = TestDatabase::fresh().await;
    let tables: BTreeSet<String> = columns(&database).await.into_iter().map(|(table, _)| table).collect();

    let out = handed_over();
    let neither: Vec<&String> =
        tables.iter().filter(|table| !out.contains(*table) && !is_left_out(table)).collect();
    let both: Vec<&String> = out.iter().filter(|table| is_left_out(table)).collect();
    let strange: Vec<&String> = out.difference(&tables).collect();

    assert_eq!(neither, Vec::<&String>::new(), "src/exports/things.rs or left_out.rs: what becomes of them?");
    assert_eq!(both, Vec::<&String>::new());
    assert_eq!(strange, Vec::<&String>::new(), "there are no such tables");
    assert!(tables.len() > 80, "{}", tables.len());
}

#[tokio::test]
async fn every_sealed_column_is_opened_where_it_was_sealed_or_left_out() {
    let database = TestDatabase::fresh().await;
    let columns = columns(&database).await;
    let sealed: Vec<_> = columns.iter().filter(|(_, column)| column.ends_with("_sealed")).collect();
    let flat: String = PLACES.split_whitespace().collect();
    let opened = |table: &str, column: &str| flat.contains(&format!("sealed(\"{table}\",\"{column}\","));

    let unsaid: Vec<_> = sealed
        .iter()
        .filter(|(table, column)| !opened(table, column))
        .filter(|(table, column)| !is_left_out(table) && !is_left_out_column(table, column))
        .collect();
    assert_eq!(unsaid, Vec::<&&(String, String)>::new(), "src/exports/places.rs or left_out.rs");
    assert!(sealed.len() > 50, "{}", sealed.len());

    let sealing: Vec<&str> = sources::rust()
        .filter(|source| ["entities/src/", "workers/src/"].iter().any(|at| source.path.starts_with(at)))
        .map(|source| source.text.as_str())
        .collect();
    let prefixes = PLACES
        .split('"')
        .filter(|text| text.contains(":{") && !text.contains(' '))
        .map(|text| text.split_once(":{").unwrap().0);
    let lost: BTreeSet<&str> = prefixes
        .filter(|prefix| !sealing.iter().any(|text| text.contains(&format!("format!(\"{prefix}:{{"))))
        .collect();
    assert_eq!(lost, BTreeSet::new(), "nobody seals for these places");
}

#[tokio::test]
async fn no_index_no_token_and_no_key_is_handed_over() {
    let database = TestDatabase::fresh().await;
    let signs = ["_index", "hash", "token", "secret", "wrapped", "fingerprint", "password", "_url", "key_id"];

    let columns = columns(&database).await;
    let found: Vec<String> = columns
        .iter()
        .filter(|(_, column)| signs.iter().any(|sign| column.ends_with(sign) || column.starts_with(sign)))
        .filter(|(table, column)| !is_left_out(table) && !is_left_out_column(table, column))
        .map(|(table, column)| format!("{table}.{column}"))
        .filter(|column| !NO_SECRETS.contains(&column.as_str()))
        .collect();

    assert_eq!(found, Vec::<String>::new(), "src/exports/left_out.rs, or no secret after all");
}

#[tokio::test]
async fn every_column_has_words_and_every_file_has_its_dossier() {
    let database = TestDatabase::fresh().await;
    let columns = columns(&database).await;
    let said: BTreeSet<(&str, &str)> = WORDS
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|parts| parts.len() == 3 && !parts[2].is_empty())
        .map(|parts| (parts[0], parts[1]))
        .collect();

    let handed_over = || columns.iter().filter(|(table, _)| !is_left_out(table));
    let mute: Vec<_> = handed_over()
        .filter(|(table, column)| !said.contains(&(table, column)) || !said.contains(&(table, "")))
        .collect();
    let naming: Vec<String> = columns
        .iter()
        .filter(|(_, column)| column.ends_with("file_id") || column == "proof_id")
        .filter(|(table, column)| !NO_FILES.contains(&format!("{table}.{column}").as_str()))
        .filter(|(table, column)| !CODES.contains(&format!("(\"{table}\", \"{column}\")")))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();

    assert_eq!(mute, Vec::<&(String, String)>::new(), "`make docs` prints src/exports/dictionary.tsv");
    assert_eq!(naming, Vec::<String>::new(), "src/exports/codes.rs");
}

/// The tables of the list of things; the names of things themselves are none.
fn handed_over() -> BTreeSet<String> {
    let flat: String = THINGS.split("pub(crate) fn").next().unwrap().split_whitespace().collect();
    let lists = flat.split("&[\"").skip(1).filter_map(|rest| rest.split(']').next());
    lists.flat_map(|list| list.split('"')).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

fn is_left_out(table: &str) -> bool {
    let flat: String = LEFT_OUT.split_whitespace().collect();
    flat.split("constCOLUMNS").next().unwrap().contains(&format!("(\"{table}\",\""))
}

fn is_left_out_column(table: &str, column: &str) -> bool {
    let flat: String = LEFT_OUT.split_whitespace().collect();
    flat.contains(&format!("(\"{table}\",\"{column}\","))
}

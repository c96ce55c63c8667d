//! The words of the data dictionary, printed from the doc comments of the tables.

use super::sources::{self, Source};
use std::collections::BTreeMap;

/// Tables that no row type speaks of.
const BY_HAND: [(&str, &str, &str); 8] = [
    ("connector_days", "", "How often an outside party was asked in a day, by data service."),
    ("connector_days", "answered", "Calls that were answered."),
    ("connector_days", "day", "The day."),
    ("connector_days", "failed", "Calls that failed."),
    ("connector_days", "key", "Key of the connector."),
    ("connector_days", "refused", "Calls that the party refused."),
    ("connector_days", "service", "The data service; empty where the party has one only."),
    ("connector_days", "took_ms", "Milliseconds of all calls together."),
];

/// A line a table and a line a column: table, column, words.
pub(super) fn printed() -> String {
    let mut words: BTreeMap<(String, String), String> = BTreeMap::new();
    for source in sources::rust().filter(|source| source.path.starts_with("entities/src/")) {
        told(source, &mut words);
    }
    words.extend(BY_HAND.map(|(table, column, said)| ((table.into(), column.into()), said.into())));
    words.into_iter().map(|((table, column), said)| format!("{table}\t{column}\t{said}\n")).collect()
}

fn told(source: &Source, words: &mut BTreeMap<(String, String), String>) {
    let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
    for (number, line) in lines.iter().enumerate() {
        let named = line.strip_prefix("#[sea_orm(table_name = \"").and_then(|rest| rest.strip_suffix("\")]"));
        let Some(table) = named else { continue };
        words.insert((table.into(), String::new()), said(&lines, "//!"));
        let body =
            lines[number..].iter().position(|line| line.starts_with("pub struct")).unwrap() + number + 1;
        let end = lines[body..].iter().position(|line| *line == "}").unwrap() + body;
        let mut from = body;
        for (at, line) in lines.iter().enumerate().take(end).skip(body) {
            let field = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':'));
            if let Some((name, _)) = field {
                let name = name.trim_start_matches("r#");
                words.insert((table.into(), name.into()), said(&lines[from..at], "///"));
                from = at + 1;
            }
        }
    }
}

/// The lines that begin so, until the first empty one among them, as one sentence.
fn said(lines: &[&str], mark: &str) -> String {
    let told = lines.iter().filter_map(|line| line.strip_prefix(mark)).map(str::trim);
    told.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ").replace(['[', ']', '\t'], "")
}

//! What an export says of itself, and the lines of its lists.

use super::totals::Total;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The only form of an export that there is so far.
pub(crate) const FORM: &str = "motcua export 1";

/// An export about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// Form of the export.
    pub form: String,
    /// Version of the program that made it.
    pub program: String,
    /// The instant of which it tells.
    pub taken_at: DateTime<Utc>,
    /// Who took it, as they named themselves.
    pub by: String,
    /// What for.
    pub purpose: String,
    /// Tables by name: `tables/<name>.jsonl`.
    pub tables: Vec<Piece>,
    /// `dictionary.json`: what every table and column is.
    pub dictionary: Piece,
    /// `files.jsonl`: every file that a row names.
    pub files: Files,
    /// `unreadable.jsonl`: cells that could not be opened.
    pub unreadable: Piece,
    /// Rows and sums by state.
    pub totals: Vec<Total>,
}

/// A file of lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Piece {
    /// Its name; that of the table.
    pub name: String,
    /// Lines.
    pub rows: u64,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
}

/// The list of files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Files {
    /// Lines of the list.
    pub rows: u64,
    /// Of them with bytes in the folder.
    pub there: u64,
    /// Of them without, because the store did not have them.
    pub missing: u64,
    /// Bytes of all.
    pub bytes: u64,
    /// SHA-256 of the list, hex.
    pub sha256: String,
}

/// A line of `files.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileLine {
    /// Table of the row that names it.
    pub table: String,
    /// Key of that row.
    pub key: Map<String, Value>,
    /// Column of that row.
    pub column: String,
    /// Code of the dossier it belongs to; none for what belongs to none.
    pub dossier: Option<String>,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// Bytes; none where they are missing.
    pub size: Option<u64>,
    /// Where it lies in the folder; none where it is missing.
    pub path: Option<String>,
    /// Why it is missing, in words.
    pub missing: Option<String>,
}

/// A line of `unreadable.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unreadable {
    /// Table of the row.
    pub table: String,
    /// Its key.
    pub key: Map<String, Value>,
    /// Name of the column in the export.
    pub column: String,
    /// Why, in words.
    pub why: String,
}

impl Manifest {
    /// Rows of all tables.
    pub(crate) fn rows(&self) -> u64 {
        self.tables.iter().map(|piece| piece.rows).sum()
    }

    /// Whether every file was there and every cell could be opened.
    pub(crate) fn is_whole(&self) -> bool {
        self.files.missing == 0 && self.unreadable.rows == 0
    }

    /// Reads a manifest and says in words what makes it none of ours.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let words = |e: serde_json::Error| format!("manifest.json cannot be read: {e}");
        let told: Value = serde_json::from_str(text).map_err(words)?;
        if told.get("form").and_then(Value::as_str) != Some(FORM) {
            return Err(format!(
                "manifest.json is not of the form \"{FORM}\"; use the program that wrote it"
            ));
        }
        serde_json::from_value(told).map_err(words)
    }
}

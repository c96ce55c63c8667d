//! What a backup says of itself: program, migrations, rows of each table, and the SHA-256 of every piece.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The only form of a backup that there is so far.
pub(crate) const FORM: &str = "motcua backup 1";

/// A backup about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// Form of the backup.
    pub form: String,
    /// Version of the program that took it.
    pub program: String,
    /// Engine it was taken from; it may go back to either.
    pub engine: String,
    /// The instant of which it tells.
    pub taken_at: DateTime<Utc>,
    /// Migrations that had been run, in order.
    pub migrations: Vec<String>,
    /// Tables by name.
    pub tables: Vec<TablePiece>,
    /// The list of files.
    pub files: FilesPiece,
}

/// One table: `tables/<name>.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TablePiece {
    /// Name.
    pub table: String,
    /// Rows, each a line.
    pub rows: u64,
    /// SHA-256 of the piece, hex.
    pub sha256: String,
}

/// The list of files: `files.jsonl`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilesPiece {
    /// Files in the list.
    pub count: u64,
    /// Bytes of all of them.
    pub bytes: u64,
    /// SHA-256 of the list, hex.
    pub sha256: String,
    /// Places in the store of files that rows name and that were not there when the backup was taken.
    pub missing: Vec<String>,
}

/// A line of the list of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileLine {
    /// Place in the store.
    pub place: String,
    /// SHA-256 of the bytes as they lie in the store, hex; its name in the pool.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// What the store called this version of it.
    pub tag: Option<String>,
    /// When the store was given it.
    pub stored_at: DateTime<Utc>,
}

impl Manifest {
    /// Rows of all tables.
    pub(crate) fn rows(&self) -> u64 {
        self.tables.iter().map(|piece| piece.rows).sum()
    }

    /// Reads a manifest and says in words what makes it none of ours.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let form = serde_json::from_str::<serde_json::Value>(text)
            .map_err(|e| format!("manifest.json cannot be read: {e}"))?;
        if form.get("form").and_then(serde_json::Value::as_str) != Some(FORM) {
            return Err(format!(
                "manifest.json is not of the form \"{FORM}\"; use the program that wrote it"
            ));
        }
        serde_json::from_value(form).map_err(|e| format!("manifest.json cannot be read: {e}"))
    }
}

//! A file of JSON lines on its way to the disk, counted and hashed as it is written.

use super::folder::create;
use super::manifest::Piece as Told;
use crate::backups::folder::{Piece, told};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// A file of lines that is being written.
pub(crate) struct Lines {
    path: PathBuf,
    piece: Piece<BufWriter<File>>,
    rows: u64,
}

impl Lines {
    /// Begins a file that was not there.
    pub(crate) fn begin(path: &Path) -> Result<Self, String> {
        let file = create(path).map_err(|e| told(path, &e))?;
        Ok(Self { path: path.to_path_buf(), piece: Piece::new(BufWriter::new(file)), rows: 0 })
    }

    /// Adds one line.
    pub(crate) fn add(&mut self, line: &impl Serialize) -> Result<(), String> {
        let mut text = serde_json::to_string(line).map_err(|e| told_of(&self.path, &e))?;
        text.push('\n');
        self.rows += 1;
        self.piece.add(text.as_bytes()).map_err(|e| told(&self.path, &e))
    }

    /// Ends it on the disk.
    pub(crate) fn end(self, name: &str) -> Result<Told, String> {
        let (file, sha256) = self.piece.end();
        let file = file.into_inner().map_err(|e| told(&self.path, e.error()))?;
        file.sync_all().map_err(|e| told(&self.path, &e))?;
        Ok(Told { name: name.to_owned(), rows: self.rows, sha256 })
    }
}

/// The lines of a file, one after the other.
pub(crate) fn read<T: DeserializeOwned>(
    path: &Path,
) -> Result<impl Iterator<Item = Result<T, String>> + use<T>, String> {
    let file = File::open(path).map_err(|e| told(path, &e))?;
    let path = path.to_path_buf();
    Ok(BufReader::new(file).lines().map(move |line| {
        let line = line.map_err(|e| told(&path, &e))?;
        serde_json::from_str(&line).map_err(|e| told_of(&path, &e))
    }))
}

fn told_of(path: &Path, error: &serde_json::Error) -> String {
    format!("{}: a line is none of its kind: {error}", path.display())
}

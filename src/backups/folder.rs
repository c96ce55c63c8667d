//! The folder: one subfolder for each backup, named by its instant, and one pool of files for all of them.

use chrono::{DateTime, NaiveDateTime, Utc};
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A folder of backups.
#[derive(Debug, Clone)]
pub(crate) struct Folder(pub PathBuf);

impl Folder {
    /// Complete backups, oldest first, by name.
    pub(crate) fn backups(&self) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.0).map_err(|e| told(&self.0, &e))? {
            let name = entry.map_err(|e| told(&self.0, &e))?.file_name().to_string_lossy().into_owned();
            if self.0.join(&name).join("manifest.json").is_file() && !name.starts_with('.') {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// The backup of this name, or the newest. Fails in words when there is none.
    pub(crate) fn chosen(&self, name: Option<&str>) -> Result<PathBuf, String> {
        let names = self.backups()?;
        let found = match name {
            Some(name) => names.iter().find(|known| *known == name),
            None => names.last(),
        };
        found.map(|name| self.0.join(name)).ok_or_else(|| {
            let known = if names.is_empty() { "no backup".into() } else { names.join(", ") };
            format!("{}: there is no such backup; there is {known}", self.0.display())
        })
    }

    /// The instant of the newest complete backup.
    pub(crate) fn newest(&self) -> Result<Option<DateTime<Utc>>, String> {
        let instant = |name: &String| NaiveDateTime::parse_from_str(name, NAME).ok();
        Ok(self.backups()?.iter().rev().find_map(instant).map(|at| at.and_utc()))
    }

    /// Keeps other backups out of the folder as long as the answer lives.
    pub(crate) fn alone(&self) -> Result<File, String> {
        let path = self.0.join(".lock");
        let lock = File::create(&path).map_err(|e| told(&path, &e))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(_) => Err(format!("{}: another backup is being taken into it", self.0.display())),
        }
    }

    /// Where the pool keeps the bytes of a SHA-256 (64 hex digits).
    pub(crate) fn pooled(&self, sha256: &str) -> PathBuf {
        let first: String = sha256.chars().take(2).collect();
        self.0.join("files").join(first).join(sha256)
    }
}

/// How a backup is named after its instant.
const NAME: &str = "%Y%m%dT%H%M%S%.6fZ";

/// Name of the backup of an instant.
pub(crate) fn name(at: DateTime<Utc>) -> String {
    at.format(NAME).to_string()
}

/// Makes a folder that nobody else may read.
pub(crate) fn make(folder: &Path) -> Result<(), String> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|e| told(folder, &e))
}

/// Words for what a file did wrong.
pub(crate) fn told(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// A file that is being written, with the SHA-256 of what was written so far.
#[derive(Debug)]
pub(crate) struct Piece<W: Write> {
    inner: W,
    hash: Sha256,
    /// Bytes so far.
    pub bytes: u64,
}

impl<W: Write> Piece<W> {
    /// Begins a piece.
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    /// Adds bytes.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.inner.write_all(bytes)
    }

    /// Ends it: what was written into, and the SHA-256 of everything, hex.
    pub(crate) fn end(self) -> (W, String) {
        (self.inner, hex(&self.hash.finalize()))
    }
}

/// SHA-256 (hex), bytes and lines of a file.
pub(crate) fn measured(path: &Path) -> io::Result<(String, u64, u64)> {
    let (mut file, mut piece, mut lines) = (BufReader::new(File::open(path)?), Piece::new(io::sink()), 0_u64);
    let mut some = vec![0_u8; 65_536];
    loop {
        let read = file.read(&mut some)?;
        let bytes = some.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        lines += bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        piece.add(bytes)?;
    }
    let bytes = piece.bytes;
    Ok((piece.end().1, bytes, lines))
}

/// Whether these are the hex digits of a SHA-256.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

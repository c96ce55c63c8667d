//! Removing older backups, and the files of the pool that no backup names any more.

use super::folder::{Folder, told};
use super::pool;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Keeps the newest `keep` backups; gives how many backups and how many files were removed.
pub(crate) fn prune(folder: &Folder, keep: usize) -> Result<(usize, usize), String> {
    let names = folder.backups()?;
    let (old, kept) = names.split_at(names.len().saturating_sub(keep));
    let mut named = BTreeSet::new();
    for name in kept {
        named.extend(
            pool::list(&folder.0.join(name).join("files.jsonl"))?.into_iter().map(|line| line.sha256),
        );
    }
    for name in old.iter().chain(&broken_off(folder)?) {
        let path = folder.0.join(name);
        fs::remove_dir_all(&path).map_err(|e| told(&path, &e))?;
    }
    let mut removed = 0;
    for path in pooled(folder)? {
        let sha256 = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !named.contains(&sha256) {
            fs::remove_file(&path).map_err(|e| told(&path, &e))?;
            removed += 1;
        }
    }
    Ok((old.len(), removed))
}

/// Backups that were never completed; nobody else writes here now.
fn broken_off(folder: &Folder) -> Result<Vec<String>, String> {
    let names = within(&folder.0)?.into_iter().filter(|path| path.is_dir());
    let names = names.filter_map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
    Ok(names.filter(|name| name.starts_with('.')).collect())
}

fn pooled(folder: &Folder) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for path in within(&folder.0.join("files"))? {
        if path.is_dir() {
            found.extend(within(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn within(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| told(folder, &e))?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(|e| told(folder, &e))).collect()
}

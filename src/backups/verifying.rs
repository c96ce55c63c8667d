//! Checking a backup against its manifest, piece by piece, without any database.

use super::folder::{Folder, is_sha256, measured};
use super::manifest::{FileLine, Manifest};
use super::pool;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A backup in which every byte is as the manifest says.
#[derive(Debug)]
pub(crate) struct Checked {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its files.
    pub files: Vec<FileLine>,
}

/// Checks a backup; gives all flaws in words.
pub(crate) fn check(folder: &Folder, backup: &Path) -> Result<Checked, Vec<String>> {
    let manifest = manifest(backup).map_err(|flaw| vec![flaw])?;
    let mut flaws = tables(backup, &manifest);
    let list = backup.join("files.jsonl");
    let measured = measured(&list).map(|(sha256, _, lines)| (sha256, lines));
    if measured.is_ok_and(|(sha256, lines)| sha256 == manifest.files.sha256 && lines == manifest.files.count)
    {
        match pool::list(&list) {
            Ok(files) => {
                flaws.extend(files.iter().filter_map(|line| file(folder, line)));
                if flaws.is_empty() {
                    return Ok(Checked { manifest, files });
                }
            }
            Err(flaw) => flaws.push(flaw),
        }
    } else {
        flaws.push("files.jsonl: the list of files is not the one of the manifest".into());
    }
    Err(flaws)
}

fn manifest(backup: &Path) -> Result<Manifest, String> {
    let path = backup.join("manifest.json");
    let words = |e: std::io::Error| format!("{}: {e}", path.display());
    let (sha256, _, _) = measured(&path).map_err(words)?;
    let told = fs::read_to_string(backup.join("manifest.sha256")).unwrap_or_default();
    if told.split_whitespace().next() != Some(&sha256) {
        return Err("manifest.json: it is not the one whose SHA-256 stands in manifest.sha256".into());
    }
    Manifest::read(&fs::read_to_string(&path).map_err(words)?)
}

fn tables(backup: &Path, manifest: &Manifest) -> Vec<String> {
    let folder = backup.join("tables");
    let mut flaws = Vec::new();
    for piece in &manifest.tables {
        let name = format!("{}.jsonl", piece.table);
        match measured(&folder.join(&name)) {
            Err(_) => flaws.push(format!("tables/{name}: it is missing")),
            Ok((_, _, lines)) if lines != piece.rows => {
                flaws.push(format!("tables/{name}: it has {lines} rows, the manifest says {}", piece.rows));
            }
            Ok((sha256, _, _)) if sha256 != piece.sha256 => {
                flaws.push(format!("tables/{name}: its bytes were changed"));
            }
            Ok(_) => {}
        }
    }
    let known: BTreeSet<String> =
        manifest.tables.iter().map(|piece| format!("{}.jsonl", piece.table)).collect();
    let there = fs::read_dir(&folder).into_iter().flatten().flatten();
    let strange = there.map(|entry| entry.file_name().to_string_lossy().into_owned());
    flaws.extend(
        strange
            .filter(|name| !known.contains(name))
            .map(|name| format!("tables/{name}: the manifest does not know it")),
    );
    flaws
}

fn file(folder: &Folder, line: &FileLine) -> Option<String> {
    if !is_sha256(&line.sha256) {
        return Some(format!("file {}: its SHA-256 is none", line.place));
    }
    match measured(&folder.pooled(&line.sha256)) {
        Err(_) => Some(format!("file {}: it is missing from the pool", line.place)),
        Ok((sha256, size, _)) if sha256 != line.sha256 || size != line.size => {
            Some(format!("file {}: its bytes were changed", line.place))
        }
        Ok(_) => None,
    }
}

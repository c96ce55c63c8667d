//! Checking an export without the database: its pieces and files first, then its rows, links and sums.

use super::dictionary::Dictionary;
use super::flaws::Flaws;
use super::lines;
use super::manifest::{FileLine, Manifest, Piece};
use super::tying;
use crate::backups::folder::{is_sha256, measured};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Compares everything in the folder with its manifest. Names every flaw; gives the manifest when there is none.
pub(crate) fn check(folder: &Path) -> Result<Manifest, Vec<String>> {
    let manifest = manifest(folder).map_err(|flaw| vec![flaw])?;
    let mut flaws = Flaws::default();
    pieces(folder, &manifest, &mut flaws);
    files(folder, &manifest, &mut flaws);
    if flaws.is_empty() {
        match dictionary(folder) {
            Ok(dictionary) => tying::tie(folder, &manifest, &dictionary, &mut flaws),
            Err(flaw) => flaws.add(flaw),
        }
    }
    if flaws.is_empty() { Ok(manifest) } else { Err(flaws.told()) }
}

fn manifest(folder: &Path) -> Result<Manifest, String> {
    let path = folder.join("manifest.json");
    let (sha256, _, _) = measured(&path)
        .map_err(|_| "manifest.json: it is missing; the export was not finished".to_owned())?;
    let told = fs::read_to_string(folder.join("manifest.sha256")).unwrap_or_default();
    if told.split_whitespace().next() != Some(&sha256) {
        return Err("manifest.json: it is not the one whose SHA-256 stands in manifest.sha256".into());
    }
    Manifest::read(&fs::read_to_string(&path).map_err(|e| format!("manifest.json: {e}"))?)
}

fn dictionary(folder: &Path) -> Result<Dictionary, String> {
    let text =
        fs::read_to_string(folder.join("dictionary.json")).map_err(|e| format!("dictionary.json: {e}"))?;
    serde_json::from_str(&text).map_err(|e| format!("dictionary.json cannot be read: {e}"))
}

/// Every list and table has its lines and its bytes, and there is no other.
fn pieces(folder: &Path, manifest: &Manifest, flaws: &mut Flaws) {
    let list =
        Piece { name: "files".into(), rows: manifest.files.rows, sha256: manifest.files.sha256.clone() };
    piece(folder, "files.jsonl", &list, flaws);
    piece(folder, "unreadable.jsonl", &manifest.unreadable, flaws);
    let words = measured(&folder.join("dictionary.json"));
    if words.map(|(sha256, _, _)| sha256).ok().as_ref() != Some(&manifest.dictionary.sha256) {
        flaws.add("dictionary.json: it is missing or its bytes were changed".into());
    }
    let mut known = BTreeSet::new();
    for table in &manifest.tables {
        piece(folder, &format!("tables/{}.jsonl", table.name), table, flaws);
        known.insert(format!("{}.jsonl", table.name));
    }
    strangers(folder, "tables", &known, flaws);
    let own = ["dictionary.json", "files", "files.jsonl", "manifest.json", "manifest.sha256", "tables"];
    let own = own.into_iter().chain(["unreadable.jsonl"]).map(str::to_owned).collect();
    strangers(folder, "", &own, flaws);
}

fn piece(folder: &Path, name: &str, told: &Piece, flaws: &mut Flaws) {
    match measured(&folder.join(name)) {
        Err(_) => flaws.add(format!("{name}: it is missing")),
        Ok((_, _, rows)) if rows != told.rows => {
            flaws.add(format!("{name}: it has {rows} rows, the manifest says {}", told.rows));
        }
        Ok((sha256, _, _)) if sha256 != told.sha256 => flaws.add(format!("{name}: its bytes were changed")),
        Ok(_) => {}
    }
}

fn strangers(folder: &Path, within: &str, known: &BTreeSet<String>, flaws: &mut Flaws) {
    let there = fs::read_dir(folder.join(within)).into_iter().flatten().flatten();
    for name in there.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
        if !known.contains(&name) {
            flaws.add(format!("{}: the manifest does not know it", Path::new(within).join(name).display()));
        }
    }
}

/// Every file of the list is there with its bytes, the counts agree, and there is no other.
fn files(folder: &Path, manifest: &Manifest, flaws: &mut Flaws) {
    let (mut known, mut there, mut missing, mut bytes) = (BTreeSet::new(), 0_u64, 0_u64, 0_u64);
    match lines::read::<FileLine>(&folder.join("files.jsonl")) {
        Err(flaw) => flaws.add(flaw),
        Ok(lines) => {
            for line in lines {
                match line {
                    Err(flaw) => flaws.add(flaw),
                    Ok(FileLine { path: None, .. }) => missing += 1,
                    Ok(line) => {
                        there += 1;
                        bytes = bytes.saturating_add(line.size.unwrap_or_default());
                        file(folder, &line, &mut known, flaws);
                    }
                }
            }
        }
    }
    let told = &manifest.files;
    if (there, missing, bytes) != (told.there, told.missing, told.bytes) {
        flaws.add(format!(
            "files.jsonl: it names {there} files of {bytes} bytes and {missing} that are missing, the manifest says \
             {}, {} and {}",
            told.there, told.bytes, told.missing
        ));
    }
    others(folder, Path::new("files"), &known, flaws);
}

fn file(folder: &Path, line: &FileLine, known: &mut BTreeSet<[u8; 32]>, flaws: &mut Flaws) {
    let path = line.path.as_deref().unwrap_or_default();
    let inside = path.starts_with("files/") && !path.split('/').any(|part| [".", "..", ""].contains(&part));
    if !inside || !is_sha256(&line.sha256) {
        return flaws.add(format!("files.jsonl: {path} is no file of this folder"));
    }
    if !known.insert(mark(path)) {
        flaws.add(format!("{path}: the list names it twice"));
    }
    match measured(&folder.join(path)) {
        Err(_) => flaws.add(format!("{path}: it is missing")),
        Ok((sha256, size, _)) if sha256 != line.sha256 || Some(size) != line.size => {
            flaws.add(format!("{path}: its bytes were changed"));
        }
        Ok(_) => {}
    }
}

/// Files in the folder that the list does not name.
fn others(folder: &Path, within: &Path, known: &BTreeSet<[u8; 32]>, flaws: &mut Flaws) {
    for entry in fs::read_dir(folder.join(within)).into_iter().flatten().flatten() {
        let path = within.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            others(folder, &path, known, flaws);
        } else if !known.contains(&mark(&path.to_string_lossy())) {
            flaws.add(format!("{}: the manifest does not know it", path.display()));
        }
    }
}

/// A path in few bytes: there may be millions.
fn mark(path: &str) -> [u8; 32] {
    Sha256::digest(path).into()
}

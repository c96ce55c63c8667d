//! The files that rows name: noted while the tables are written, fetched afterwards, under plain names by dossier.

use super::codes::codes;
use super::folder::create;
use super::lines::{Lines, read};
use super::manifest::{FileLine, Files};
use super::opening::key;
use super::plans::Plan;
use crate::backups::folder::{Piece, make, told};
use futures::TryStreamExt;
use object_store::path::Path as Place;
use object_store::{Error, GetResult, ObjectStore, ObjectStoreExt};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// Where the files of no dossier lie.
const ELSEWHERE: &str = "no-dossier";

/// Bytes of a name, so that every file system takes it with a key and an ending behind it.
const LONGEST: usize = 120;

/// A file that a row names.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Wanted {
    line: FileLine,
    place: String,
    name: String,
}

/// Notes the files that the rows of a page name, in the order of rows and columns.
pub(crate) async fn note(
    tx: &DatabaseTransaction,
    plan: &Plan,
    rows: &[Map<String, Value>],
    wanted: &mut Lines,
) -> Result<(), String> {
    if plan.bytes().next().is_none() {
        return Ok(());
    }
    let codes = codes(tx, plan, rows).await?;
    for row in rows {
        for (column, folder) in plan.bytes() {
            let sha256 = row.get(column).and_then(Value::as_str).filter(|text| !text.is_empty());
            let Some(sha256) = sha256.map(str::to_owned) else { continue };
            let first: String = sha256.chars().take(2).collect();
            let place = format!("{folder}/sha256/{first}/{sha256}");
            let line = FileLine {
                table: plan.table.name.clone(),
                key: key(plan, row),
                column: column.to_owned(),
                dossier: codes.of_row(row).map(str::to_owned),
                sha256,
                size: None,
                path: None,
                missing: None,
            };
            wanted.add(&Wanted { line, place, name: name(&plan.table.name, column, row) })?;
        }
    }
    Ok(())
}

/// Fetches what was noted; what the store does not have is named in the list with the reason.
pub(crate) async fn fetch(
    store: &dyn ObjectStore,
    folder: &Path,
    wanted: &Path,
    mut list: Lines,
) -> Result<Files, String> {
    let mut files = Files::default();
    for wanted in read::<Wanted>(wanted)? {
        let Wanted { mut line, place, name } = wanted?;
        let kept = match stored(store, &place).await {
            Ok(found) => keep(folder, &mut line, &name, found).await,
            Err(trouble) => Err(trouble),
        };
        match kept {
            Ok(()) => {}
            Err(Trouble::File(why)) => line.missing = Some(why),
            Err(Trouble::House(words)) => return Err(words),
        }
        match line.size {
            Some(size) => {
                files.there += 1;
                files.bytes = files.bytes.saturating_add(size);
            }
            None => files.missing += 1,
        }
        list.add(&line)?;
    }
    let piece = list.end("files")?;
    Ok(Files { rows: piece.rows, sha256: piece.sha256, ..files })
}

/// Why a file was not fetched.
enum Trouble {
    /// It is this file; all others may be well.
    File(String),
    /// The store or the disk does not work.
    House(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound { .. } => Self::File("the store does not have it".into()),
            Error::Generic { store: "sealed", source } => Self::File(source.to_string()),
            other => Self::House(format!("[files] {other}")),
        }
    }
}

/// What lies at a place of the store, as it can be read. The only place of the export that opens stored files.
async fn stored(store: &dyn ObjectStore, place: &str) -> Result<GetResult, Trouble> {
    let parsed = Place::parse(place).map_err(|e| Trouble::File(e.to_string()))?;
    Ok(store.get(&parsed).await?)
}

/// Writes bytes into the folder and says in the line where they lie; bytes of another SHA-256 are not kept.
async fn keep(folder: &Path, line: &mut FileLine, name: &str, found: GetResult) -> Result<(), Trouble> {
    let mut bytes = found.into_stream();
    let first = bytes.try_next().await?.unwrap_or_default();
    let (path, file) = placed(folder, line, &ended(name, &first)).map_err(Trouble::House)?;
    let whole = folder.join(&path);
    let mut piece = Piece::new(BufWriter::new(file));
    let poured = async {
        let disk = |e: io::Error| Trouble::House(told(&whole, &e));
        piece.add(&first).map_err(disk)?;
        while let Some(more) = bytes.try_next().await? {
            piece.add(&more).map_err(disk)?;
        }
        let size = piece.bytes;
        let (file, sha256) = piece.end();
        file.into_inner().map_err(|e| disk(e.into_error()))?.sync_all().map_err(disk)?;
        match sha256 == line.sha256 {
            true => Ok(size),
            false => Err(Trouble::File(format!("the store has other bytes there, of SHA-256 {sha256}"))),
        }
    };
    match poured.await {
        Ok(size) => (line.size, line.path) = (Some(size), Some(path)),
        Err(trouble) => {
            fs::remove_file(&whole).map_err(|e| Trouble::House(told(&whole, &e)))?;
            return Err(trouble);
        }
    }
    Ok(())
}

/// Files of one name that are told from each other.
const SAME_NAME: u16 = 1_000;

/// Makes the file in the folder of its dossier; where the name is taken, with the key of its row.
fn placed(folder: &Path, line: &FileLine, name: &str) -> Result<(String, File), String> {
    let of = line.dossier.as_deref().map_or_else(|| ELSEWHERE.to_owned(), safe);
    let within = PathBuf::from("files").join(of);
    make(&folder.join(&within))?;
    let keys: Vec<String> = line.key.values().map(|key| safe(&key.to_string().replace('"', ""))).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let second = format!("{stem} {} {}", keys.join(" "), line.column);
    let others = (2..=SAME_NAME).map(|n| format!("{second} {n}.{ending}"));
    let names = [name.to_owned(), format!("{second}.{ending}")].into_iter().chain(others);
    for name in names {
        let path = within.join(name);
        match create(&folder.join(&path)) {
            Ok(file) => return Ok((path.to_string_lossy().into_owned(), file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(told(&path, &error)),
        }
    }
    Err(format!("{}: too many files of this name", within.join(second).display()))
}

/// What people call a file.
fn name(table: &str, column: &str, row: &Map<String, Value>) -> String {
    let text = |column: &str| match row.get(column) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    match (table, column) {
        ("documents", "rendition_sha256") => format!("{} (rendition)", text("name")),
        ("digitisation_stages", _) => format!("{} {}", text("stage"), text("digitisation_id")),
        ("digitised_pages", _) => format!("page {} {}", text("page"), text("digitisation_id")),
        ("forms", _) => format!("{} {} {}", text("kind"), text("year"), text("number")),
        _ => text("name"),
    }
}

/// The name with the ending that its bytes speak for, where it has none.
fn ended(name: &str, bytes: &[u8]) -> String {
    let name = safe(name);
    let is_ending = |ending: &str| {
        (1..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    if name.rsplit_once('.').is_some_and(|(_, ending)| is_ending(ending)) {
        return name;
    }
    let kinds: [(&[u8], &str); 4] =
        [(b"%PDF", "pdf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"PK\x03\x04", "zip")];
    let ending = kinds.iter().find(|(head, _)| bytes.starts_with(head)).map_or("bin", |(_, ending)| ending);
    format!("{name}.{ending}")
}

/// A name that is no path, on any system.
fn safe(name: &str) -> String {
    let plain = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    let text: String = name.chars().map(|c| if plain(c) { c } else { '-' }).collect();
    let text = text.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = match text.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 => (stem, format!(".{ending}")),
        _ => (text, String::new()),
    };
    let mut short = String::new();
    for c in stem.chars() {
        if short.len() + c.len_utf8() > LONGEST {
            break;
        }
        short.push(c);
    }
    if short.is_empty() { format!("file{ending}") } else { format!("{short}{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path_and_has_the_ending_of_its_bytes() {
        for (told, bytes, name) in [
            ("Đơn xin.pdf", &b"%PDF"[..], "Đơn xin.pdf"),
            ("../../etc/passwd", b"", "-..-etc-passwd.bin"),
            ("Giấy khai sinh số 1.2024", b"%PDF-1.7", "Giấy khai sinh số 1.2024.pdf"),
            (" .\u{0} ", b"\x89PNG", "-.png"),
            ("", b"\xff\xd8\xff", "file.jpg"),
        ] {
            assert_eq!(ended(told, bytes), name, "{told}");
        }
        assert!(ended(&"ế".repeat(300), b"").len() <= 125);
    }
}

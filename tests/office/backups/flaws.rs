//! A backup in which anything differs is refused in words, and then nothing is written.

use super::{elsewhere, manifest, newest, stored};
use crate::chronicle::{handled, signed};
use crate::commands::Desk;
use crate::support::commune::Commune;
use crate::support::evidence::keep;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

type Harm = fn(&Path);

/// What is done to a whole backup, and what is said of it.
const FLAWS: [(&str, Harm, &str); 14] = [
    ("a byte of a file", |folder| change(&pooled(folder)), ": its bytes were changed"),
    ("a missing file", |folder| fs::remove_file(pooled(folder)).unwrap(), "it is missing from the pool"),
    (
        "a byte of a row",
        |folder| change(&table(folder, "dossiers")),
        "dossiers.jsonl: its bytes were changed",
    ),
    ("a missing row", |folder| shorten(&table(folder, "history")), "history.jsonl: it has 1 rows"),
    (
        "a missing table",
        |folder| fs::remove_file(table(folder, "units")).unwrap(),
        "units.jsonl: it is missing",
    ),
    (
        "a table more",
        |folder| fs::write(table(folder, "guests"), "").unwrap(),
        "the manifest does not know it",
    ),
    (
        "a byte of the list of files",
        |folder| change(&newest(folder).join("files.jsonl")),
        "the list of files",
    ),
    (
        "a changed manifest",
        |folder| change(&newest(folder).join("manifest.json")),
        "stands in manifest.sha256",
    ),
    (
        "no manifest",
        |folder| fs::remove_file(newest(folder).join("manifest.json")).unwrap(),
        "no such backup",
    ),
    (
        "the manifest of another backup",
        |folder| reseal(folder, |told| told["tables"][3]["sha256"] = json!("0".repeat(64))),
        "its bytes were changed",
    ),
    (
        "a form of later days",
        |folder| reseal(folder, |told| told["form"] = json!("motcua backup 9")),
        "use the program that wrote it",
    ),
    (
        "a migration that is not known here",
        |folder| reseal(folder, |told| told["migrations"].as_array_mut().unwrap().push(json!("m99_moon"))),
        "m99_moon, which this motcua",
    ),
    (
        "a row to which others point",
        |folder| without(folder, "procedures"),
        "a row points to one that is not there",
    ),
    (
        "a table left out of the manifest",
        |folder| left_out(folder, "ratings"),
        "the backup lacks the table ratings",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_in_which_anything_differs_is_refused_in_words_and_nothing_is_written() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let desk = Desk::new(&commune.database.url(), "");
    stored(&desk, &"ab".repeat(32), b"a paper");
    let whole = desk.0.join("backups");
    let (well, said) = desk.run(&["backup", whole.to_str().unwrap()]);
    assert!(well, "{said}");
    let (database, there) = elsewhere().await;

    for (flaw, harm, words) in FLAWS {
        let folder = there.0.join(flaw.replace(' ', "-"));
        copy(&whole, &folder);
        harm(&folder);

        let (well, said) = there.run(&["restore", folder.to_str().unwrap()]);

        assert!(!well && said.contains(words), "{flaw}: {said}");
        let sql = match database.backend() {
            DbBackend::Postgres => "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'",
            _ => "SELECT 1 FROM sqlite_master",
        };
        let tables = database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await;
        assert_eq!(tables.unwrap().len(), 0, "{flaw}");
        assert!(!there.0.join("files/files").exists(), "{flaw}");
    }

    let (well, said) = there.run(&["restore", whole.to_str().unwrap()]);
    assert!(well, "unharmed it is taken: {said}");
    keep(
        "restore_flaws",
        &[("flaws", FLAWS.len().try_into().unwrap()), ("refused", FLAWS.len().try_into().unwrap())],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_given_back_to_nothing_but_an_empty_office() {
    let commune = Commune::open().await;
    let desk = Desk::new(&commune.database.url(), "");
    stored(&desk, &"ab".repeat(32), b"a paper");
    let folder = desk.0.join("backups");
    let folder = folder.to_str().unwrap();
    assert!(desk.run(&["backup", folder]).0);

    let (well, said) = desk.run(&["restore", folder]);
    assert!(!well && said.contains("[database] is not empty"), "{said}");
    let (_database, there) = elsewhere().await;
    stored(&there, &"cd".repeat(32), b"of somebody else");
    let (well, said) = there.run(&["restore", folder]);

    assert!(!well && said.contains("[files] is not empty"), "{said}");
}

fn pooled(folder: &Path) -> PathBuf {
    let first = fs::read_dir(folder.join("files")).unwrap().next().unwrap().unwrap().path();
    fs::read_dir(first).unwrap().next().unwrap().unwrap().path()
}

fn table(folder: &Path, name: &str) -> PathBuf {
    newest(folder).join("tables").join(format!("{name}.jsonl"))
}

/// Turns one byte near the end into another.
fn change(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let place = bytes.len() - 4;
    bytes[place] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// Takes the last line away.
fn shorten(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    fs::write(path, lines[..lines.len() - 1].iter().map(|line| format!("{line}\n")).collect::<String>())
        .unwrap();
}

/// A manifest that was changed by somebody who knows how it is sealed.
fn reseal(folder: &Path, change: impl FnOnce(&mut Value)) {
    let mut told = manifest(folder);
    change(&mut told);
    let text = told.to_string();
    fs::write(newest(folder).join("manifest.json"), &text).unwrap();
    let sha256 = hex::encode(Sha256::digest(&text));
    fs::write(newest(folder).join("manifest.sha256"), format!("{sha256}  manifest.json\n")).unwrap();
}

/// Takes a row away that others need, and makes the manifest agree.
fn without(folder: &Path, name: &str) {
    shorten(&table(folder, name));
    let bytes = fs::read(table(folder, name)).unwrap();
    reseal(folder, |told| {
        let pieces = told["tables"].as_array_mut().unwrap();
        let piece = pieces.iter_mut().find(|piece| piece["table"] == name).unwrap();
        piece["rows"] = json!(piece["rows"].as_u64().unwrap() - 1);
        piece["sha256"] = json!(hex::encode(Sha256::digest(&bytes)));
    });
}

fn left_out(folder: &Path, name: &str) {
    fs::remove_file(table(folder, name)).unwrap();
    reseal(folder, |told| told["tables"].as_array_mut().unwrap().retain(|piece| piece["table"] != name));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

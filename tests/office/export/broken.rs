//! A folder in which anything differs is refused by the check, by name, also where somebody made the manifest agree.

use super::{checked, desk_of, json_of, lines, manifest, office, table, taken_out};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

type Harm = fn(&Path);

/// What is done to a whole folder, and what is said of it.
const FLAWS: [(&str, Harm, &str); 18] = [
    ("a missing row", |folder| shorten(&rows(folder, "history")), "tables/history.jsonl: it has"),
    (
        "a byte of a row",
        |folder| change(&rows(folder, "papers")),
        "tables/papers.jsonl: its bytes were changed",
    ),
    (
        "a missing table",
        |folder| fs::remove_file(rows(folder, "units")).unwrap(),
        "tables/units.jsonl: it is missing",
    ),
    (
        "a table more",
        |folder| fs::write(rows(folder, "guests"), "").unwrap(),
        "tables/guests.jsonl: the manifest does",
    ),
    (
        "a thing more",
        |folder| fs::write(folder.join("note.txt"), "").unwrap(),
        "note.txt: the manifest does not know",
    ),
    ("a byte of a file", |folder| change(&folder.join(file(folder))), "giay-to.pdf: its bytes were changed"),
    (
        "a missing file",
        |folder| fs::remove_file(folder.join(file(folder))).unwrap(),
        "giay-to.pdf: it is missing",
    ),
    (
        "a file more",
        |folder| fs::write(folder.join(file(folder)).with_file_name("x.pdf"), "").unwrap(),
        "x.pdf: the manifest does not know it",
    ),
    ("a shorter list of files", |folder| shorten(&folder.join("files.jsonl")), "files.jsonl: it has"),
    (
        "a changed dictionary",
        |folder| change(&folder.join("dictionary.json")),
        "dictionary.json: it is missing or",
    ),
    ("a changed manifest", |folder| change(&folder.join("manifest.json")), "stands in manifest.sha256"),
    ("no manifest", |folder| fs::remove_file(folder.join("manifest.json")).unwrap(), "was not finished"),
    (
        "an altered count",
        |folder| reseal(folder, |told| raise(piece(told, "receipts"), "rows")),
        "tables/receipts.jsonl: it has 1 rows, the manifest says 2",
    ),
    (
        "an altered sum",
        |folder| reseal(folder, |told| raise(total(told, "payments"), "sum")),
        "payments: 2 rows with state",
    ),
    (
        "an altered number of files",
        |folder| reseal(folder, |told| raise(&mut told["files"], "there")),
        "files.jsonl: it names",
    ),
    (
        "a dossier less, and a manifest that agrees",
        |folder| without(folder, "dossiers"),
        "is not among the dossiers",
    ),
    (
        "a payment less, and a manifest that agrees",
        |folder| without(folder, "payments"),
        "the manifest says 2 and",
    ),
    (
        "a form of later days",
        |folder| reseal(folder, |told| told["form"] = json!("motcua export 9")),
        "use the program",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_in_which_anything_differs_is_refused_by_name() {
    let stage = office().await;
    let desk = desk_of(&stage.commune).await;
    let whole = desk.0.join("whole");
    let (well, said) = taken_out(&desk, &whole);
    assert!(well, "{said}");

    for (flaw, harm, words) in FLAWS {
        let folder = desk.0.join(flaw.replace([' ', ','], "-"));
        copy(&whole, &folder);
        harm(&folder);

        let (agrees, said) = checked(&folder);

        assert!(!agrees && said.contains(words), "{flaw}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_names_a_strange_dossier_or_a_file_that_is_not_listed_is_told_by_its_row() {
    let stage = office().await;
    let desk = desk_of(&stage.commune).await;
    let folder = desk.0.join("handed-over");
    assert!(taken_out(&desk, &folder).0);
    let papers = table(&folder, "papers");
    let (last, stranger) = (papers.last().unwrap(), uuid::Uuid::now_v7().to_string());
    let text = fs::read_to_string(rows(&folder, "papers")).unwrap();
    let was = format!("\"dossier_id\":{},\"document", last["dossier_id"]);
    let (head, tail) = text.rsplit_once(last["dossier_id"].as_str().unwrap()).unwrap();
    fs::write(rows(&folder, "papers"), format!("{head}{stranger}{tail}")).unwrap();
    agree(&folder, "papers");

    let (agrees, said) = checked(&folder);

    assert!(!agrees && said.contains(&format!("\"{stranger}\" is not among the dossiers")), "{was}: {said}");
    assert!(said.contains(&format!("tables/papers.jsonl, row {}", last["id"].as_str().unwrap())), "{said}");
}

fn rows(folder: &Path, name: &str) -> PathBuf {
    folder.join("tables").join(format!("{name}.jsonl"))
}

/// Where a paper lies.
fn file(folder: &Path) -> String {
    let list = lines(&folder.join("files.jsonl"));
    let paths = list.iter().filter_map(|line| line["path"].as_str());
    paths.into_iter().find(|path| path.ends_with("/giay-to.pdf")).unwrap().to_owned()
}

fn piece<'m>(told: &'m mut Value, name: &str) -> &'m mut Value {
    told["tables"].as_array_mut().unwrap().iter_mut().find(|piece| piece["name"] == name).unwrap()
}

fn total<'m>(told: &'m mut Value, table: &str) -> &'m mut Value {
    told["totals"].as_array_mut().unwrap().iter_mut().find(|total| total["table"] == table).unwrap()
}

fn raise(of: &mut Value, member: &str) {
    of[member] = json!(of[member].as_u64().unwrap() + 1);
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
    let kept: String = lines[..lines.len() - 1].iter().map(|line| format!("{line}\n")).collect();
    fs::write(path, kept).unwrap();
}

/// A manifest that was changed by somebody who knows how it is sealed.
fn reseal(folder: &Path, change: impl FnOnce(&mut Value)) {
    let mut told = manifest(folder);
    change(&mut told);
    let text = told.to_string();
    fs::write(folder.join("manifest.json"), &text).unwrap();
    let sha256 = hex::encode(Sha256::digest(&text));
    fs::write(folder.join("manifest.sha256"), format!("{sha256}  manifest.json\n")).unwrap();
}

/// Makes the manifest agree with the lines of a table.
fn agree(folder: &Path, name: &str) {
    let bytes = fs::read(rows(folder, name)).unwrap();
    let count = table(folder, name).len();
    reseal(folder, |told| {
        let piece = piece(told, name);
        piece["rows"] = json!(count);
        piece["sha256"] = json!(hex::encode(Sha256::digest(&bytes)));
    });
    assert_eq!(json_of(&folder.join("manifest.json"))["form"], "motcua export 1");
}

/// Takes a row away, and makes the manifest agree.
fn without(folder: &Path, name: &str) {
    shorten(&rows(folder, name));
    agree(folder, name);
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

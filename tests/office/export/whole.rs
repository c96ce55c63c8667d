//! An office with dossiers in every status is handed over: nothing is missing, nothing is sealed, everything is told.

use super::{
    BY, PURPOSE, checked, count, desk_of, json_of, lines, manifest, noted, office, table, taken_out,
};
use crate::commands::Desk;
use crate::support::commune::{Commune, MAU_ID};
use crate::support::evidence::keep;
use entities::chronicle::entry::Kind;
use entities::files::stored_at;
use entities::forms::reading;
use entities::tables::payments;
use object_store::ObjectStoreExt;
use rules::status::Status;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn s_11_everything_is_handed_over_row_by_row_and_byte_by_byte() {
    let stage = office().await;
    let commune = &stage.commune;
    let desk = desk_of(commune).await;
    let folder = desk.0.join("handed-over");

    let (well, said) = taken_out(&desk, &folder);

    assert!(well && said.contains("in the clear") && said.contains("ok everything"), "{said}");
    let (whole, said) = checked(&folder);
    assert!(whole && said.contains("ok every piece"), "{said}");
    let told = manifest(&folder);
    let (tables, rows) = compared(&desk, &folder, &told);
    counted(commune, &folder, &told).await;
    let files = bytes_compared(commune, &folder).await;
    assert_eq!(json!(files), told["files"]["there"]);
    let statuses: BTreeSet<String> =
        table(&folder, "dossiers").iter().map(|row| row["status"].as_str().unwrap().to_owned()).collect();
    assert_eq!(statuses.len(), Status::ALL.len(), "{statuses:?}");
    keep("full_export", &[("tables", tables), ("rows", rows), ("files", files), ("differences", 0)]);
}

/// Every row against the row of a backup: what was not sealed is as it was, what was sealed is open.
fn compared(desk: &Desk, folder: &Path, told: &Value) -> (u64, u64) {
    let backups = desk.0.join("backups");
    let (well, said) = desk.run(&["backup", backups.to_str().unwrap()]);
    assert!(well, "{said}");
    let newest = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().path());
    let newest = newest.filter(|path| path.join("manifest.json").is_file()).max().unwrap();
    let words = json_of(&folder.join("dictionary.json"));
    let mut rows = 0;
    let entries = words["tables"].as_array().unwrap();
    for entry in entries {
        let name = entry["table"].as_str().unwrap();
        let mut here = lines(&newest.join("tables").join(format!("{name}.jsonl")));
        if name == "chronicle" {
            assert_eq!(here.pop().unwrap()["what"], "motcua export, handed over", "noted when it was done");
        }
        let there = table(folder, name);
        assert_eq!(there.len(), here.len(), "{name}");
        for (there, here) in there.iter().zip(&here) {
            same(entry, there, here);
            rows += 1;
        }
    }
    assert_eq!(json!(entries.len()), told["tables"].as_array().unwrap().len());
    (entries.len().try_into().unwrap(), rows)
}

fn same(entry: &Value, there: &Value, here: &Value) {
    let columns = entry["columns"].as_array().unwrap();
    assert_eq!(there.as_object().unwrap().len(), columns.len(), "{}", entry["table"]);
    for column in columns {
        let name = column["name"].as_str().unwrap();
        if column["opened"] == false {
            assert_eq!(there[name], here[name], "{} {name}", entry["table"]);
            continue;
        }
        let sealed = format!("{}_sealed", name.strip_suffix("_opened").unwrap_or(name));
        let sealed = here[&sealed].as_str();
        let is_open = !there[name].to_string().starts_with("\"s2.") && there[name].as_str() != sealed;
        let blank = sealed == Some("e1.none");
        assert!(sealed.is_none() && there[name].is_null() || is_open, "{} {name}: {there}", entry["table"]);
        assert_eq!(sealed.is_none() || blank, there[name].is_null(), "{} {name}: {there}", entry["table"]);
    }
}

/// Counts of rows and sums of money, as the office itself counts them.
async fn counted(commune: &Commune, folder: &Path, told: &Value) {
    for piece in told["tables"].as_array().unwrap() {
        let name = piece["name"].as_str().unwrap();
        let later = u64::from(name == "chronicle");
        let rows = count(&commune.database, name).await - later;
        assert_eq!((&piece["rows"], table(folder, name).len()), (&json!(rows), rows.try_into().unwrap()));
    }
    let mut sums: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for payment in payments::Entity::find().all(commune.database.reader()).await.unwrap() {
        let (rows, sum) = sums.entry(payment.state).or_default();
        (*rows, *sum) = (*rows + 1, *sum + payment.amount);
    }
    let totals = told["totals"].as_array().unwrap();
    let of_payments = totals.iter().filter(|total| total["table"] == "payments");
    let of_payments: BTreeMap<String, (u64, i64)> = of_payments
        .map(|total| {
            let value = total["value"].as_str().unwrap().to_owned();
            (value, (total["rows"].as_u64().unwrap(), total["sum"].as_i64().unwrap()))
        })
        .collect();
    assert_eq!(of_payments, sums);
    let deadlines = totals.iter().filter(|total| total["by"] == "deadline");
    let deadlines: u64 = deadlines.map(|total| total["rows"].as_u64().unwrap()).sum();
    assert_eq!(deadlines, count(&commune.database, "dossiers").await);
}

/// Every file of the list lies in its dossier's folder with the bytes of the store; gives how many.
async fn bytes_compared(commune: &Commune, folder: &Path) -> u64 {
    let list = lines(&folder.join("files.jsonl"));
    let codes: BTreeSet<String> =
        table(folder, "dossiers").iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect();
    for line in &list {
        let sha256 = line["sha256"].as_str().unwrap();
        let stored = if line["table"] == "forms" { reading::stored_at(sha256) } else { stored_at(sha256) };
        let stored = commune.office.files.get(&stored.into()).await.unwrap().bytes().await.unwrap();
        let path = line["path"].as_str().unwrap();
        assert_eq!(fs::read(folder.join(path)).unwrap(), stored, "{path}");
        if let Some(code) = line["dossier"].as_str() {
            assert!(codes.contains(code) && path.starts_with(&format!("files/{code}/")), "{path}");
        }
        let mode = fs::metadata(folder.join(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
    let named = list.iter().filter(|line| line["path"].as_str().unwrap().contains("giay-to"));
    assert!(named.count() >= 4, "plain names");
    for (place, mode) in [("", 0o700), ("tables", 0o700), ("manifest.json", 0o600), ("files.jsonl", 0o600)] {
        assert_eq!(fs::metadata(folder.join(place)).unwrap().permissions().mode() & 0o777, mode, "{place}");
    }
    list.len().try_into().unwrap()
}

/// Tables in which an index alone says that preferences and letters are of one person.
const TIED: [&str; 2] = ["notice_preferences", "notices"];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sealed_can_be_read_and_what_was_erased_stays_blank() {
    let stage = office().await;
    let desk = desk_of(&stage.commune).await;
    let folder = desk.0.join("handed-over");

    let (well, said) = taken_out(&desk, &folder);

    assert!(well, "{said}");
    let dossiers = table(&folder, "dossiers");
    let gone: Vec<&Value> = table_of(&dossiers, "(đã xóa)");
    assert_eq!(gone.len(), table(&folder, "erasures").len());
    assert!(
        gone.iter().all(|row| row["form"] == json!({}) && row["applicant"] == json!({"name": "(đã xóa)"}))
    );
    assert!(gone[0]["code"].as_str().is_some_and(|code| code.starts_with("H55.101-")), "{}", gone[0]);
    let living = table_of(&dossiers, "Nguyễn Thị Mẫu");
    assert!(living.len() >= 4, "{}", living.len());
    assert!(living.iter().any(|row| row["status"] == "refused"), "the one that is held");
    assert!(living.iter().all(|row| row["applicant"]["id_number"] == MAU_ID));
    assert!(living.iter().any(|row| row["form"]["document_name"] == "Bằng tốt nghiệp"));
    let letters = table(&folder, "notices");
    assert!(letters.iter().any(|letter| letter["recipient"] == "mau@vidu.example"), "{letters:?}");
    assert!(letters.iter().any(|letter| letter["words"].is_object()), "{letters:?}");
    assert_eq!(table(&folder, "drafts")[0]["body"]["form"]["note"], "một");
    assert!(table(&folder, "supplements").iter().any(|round| round["reason"] == "Ảnh chụp bị mờ."));
    assert_eq!(lines(&folder.join("unreadable.jsonl")), Vec::<Value>::new());
    let index = stage.commune.office.sealer.index("id", MAU_ID);
    for entry in fs::read_dir(folder.join("tables")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("\"s2."), "{}: something is sealed", path.display());
        let tied = TIED.iter().any(|table| path.ends_with(format!("{table}.jsonl")));
        assert!(tied || !text.contains(&index), "{}: the index of a person's number", path.display());
    }
}

fn table_of<'r>(dossiers: &'r [Value], name: &str) -> Vec<&'r Value> {
    dossiers.iter().filter(|row| row["applicant"]["name"] == name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chronicle_knows_who_took_everything_out_and_what_for_before_anything_is_written() {
    let stage = office().await;
    let commune = &stage.commune;
    let desk = desk_of(commune).await;
    let folder = desk.0.join("handed-over");

    let (well, said) = taken_out(&desk, &folder);

    assert!(well, "{said}");
    let entries = noted(&commune.database).await;
    let [begun, done] = entries.as_slice() else { panic!("{entries:?}") };
    assert!(entries.iter().all(|entry| entry.kind == Kind::Exported.key()), "{entries:?}");
    assert_eq!((begun.name.as_deref(), begun.subject.as_str()), (Some(BY), &*format!("terminal|{BY}")));
    let sealed = begun.purpose_sealed.as_ref().unwrap();
    let place = format!("chronicle:{}:purpose", begun.id);
    assert_eq!(commune.office.sealer.open(&place, sealed).unwrap(), PURPOSE);
    let sha256 = hex::encode(Sha256::digest(fs::read(folder.join("manifest.json")).unwrap()));
    assert_eq!((&begun.after_hash, &done.after_hash), (&None, &Some(sha256)));
    let out = table(&folder, "chronicle");
    let own = out.iter().filter(|row| row["what"] == "motcua export").collect::<Vec<_>>();
    assert_eq!((own.len(), &own[0]["purpose"]), (1, &json!(PURPOSE)), "its own entry is in the export");
}

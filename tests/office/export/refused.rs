//! When nothing is taken out, and when what is taken out is not everything.

use super::{BY, PURPOSE, checked, desk_of, lines, manifest, noted, office, taken_out};
use crate::chronicle::handled;
use crate::commands::Desk;
use crate::support::commune::Commune;
use crate::support::keys::MASTER;
use entities::tables::dossiers;
use sea_orm::EntityTrait;
use serde_json::json;
use std::fs;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_name_a_purpose_or_an_empty_folder_nothing_is_taken_out_and_nothing_is_noted() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let desk = desk_of(&commune).await;
    let (fresh, full) = (desk.0.join("fresh"), desk.0.join("full"));
    fs::create_dir(&full).unwrap();
    fs::write(full.join("a.txt"), "of somebody else").unwrap();
    let (fresh, full) = (fresh.to_str().unwrap(), full.to_str().unwrap());

    for (arguments, words) in [
        (vec!["--to", fresh, "--by", BY], "--purpose"),
        (vec!["--to", fresh, "--purpose", PURPOSE], "--by"),
        (vec!["--to", fresh, "--by", BY, "--purpose", "  "], "3 to 200 letters"),
        (vec!["--to", fresh, "--by", "", "--purpose", PURPOSE], "3 to 200 letters"),
        (vec!["--by", BY, "--purpose", PURPOSE], "--to"),
        (vec!["--to", fresh, "--check", fresh], "--check"),
        (vec!["--to", full, "--by", BY, "--purpose", PURPOSE], "it is not empty"),
    ] {
        let (well, said) = desk.run(&[vec!["export"], arguments].concat());
        assert!(!well && said.contains(words), "{words}: {said}");
    }

    assert!(!desk.0.join("fresh").exists());
    assert_eq!(fs::read_dir(full).unwrap().count(), 1);
    assert_eq!(noted(&commune.database).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_another_master_nothing_is_taken_out() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let other = format!("[sealing]\nmaster = \"{}\"\n", MASTER.replace("long", "really long"));
    let desk = Desk::new(&commune.database.url(), &other);
    let folder = desk.0.join("handed-over");

    let (well, said) = taken_out(&desk, &folder);

    assert!(!well && said.contains("master"), "{said}");
    assert!(!folder.exists());
    assert_eq!(noted(&commune.database).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_the_store_does_not_have_or_that_were_changed_there_are_told_and_the_rest_is_handed_over()
{
    let stage = office().await;
    let desk = desk_of(&stage.commune).await;
    let whole = desk.0.join("whole");
    assert!(taken_out(&desk, &whole).0);
    let list = lines(&whole.join("files.jsonl"));
    let lost = list.first().unwrap();
    let changed = list.iter().find(|line| line["sha256"] != lost["sha256"]).unwrap();
    let stored = |line: &serde_json::Value| {
        let (sha256, folder) = (line["sha256"].as_str().unwrap(), &line["table"]);
        let folder = if folder == "forms" { "forms" } else { "files" };
        desk.0.join("files").join(folder).join("sha256").join(&sha256[..2]).join(sha256)
    };
    assert_ne!(stored(lost), stored(changed));
    fs::remove_file(stored(lost)).unwrap();
    fs::write(stored(changed), b"something else").unwrap();
    let folder = desk.0.join("handed-over");

    let (well, said) = taken_out(&desk, &folder);

    let of = |line: &serde_json::Value| list.iter().filter(|other| other["sha256"] == line["sha256"]).count();
    let missing = of(lost) + of(changed);
    assert!(
        !well && said.contains(&format!("{missing} files that rows name were not in the store")),
        "{said}"
    );
    assert_eq!(manifest(&folder)["files"]["missing"], json!(missing));
    let told = lines(&folder.join("files.jsonl"));
    let why = |line: &serde_json::Value| {
        let found = told.iter().find(|other| other["key"] == line["key"] && other["table"] == line["table"]);
        found.unwrap()["missing"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(why(lost), "the store does not have it");
    assert_ne!(why(changed), "");
    let (agrees, said) = checked(&folder);
    assert!(agrees && said.contains("were not in the store"), "it is what its manifest says: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_that_does_not_open_goes_out_empty_and_is_named() {
    let commune = Commune::open().await;
    for _ in 0..2 {
        handled(&commune).await;
    }
    let rows = dossiers::Entity::find().all(commune.database.reader()).await.unwrap();
    // What was sealed for one person stands with another.
    let moved = dossiers::Entity::update_many()
        .col_expr(dossiers::Column::FormSealed, rows[0].form_sealed.clone().into())
        .exec(commune.database.writer())
        .await;
    assert_eq!(moved.unwrap().rows_affected, 2);
    let desk = desk_of(&commune).await;
    let folder = desk.0.join("handed-over");

    let (well, said) = taken_out(&desk, &folder);

    assert!(!well && said.contains("1 cells could not be opened"), "{said}");
    let named = lines(&folder.join("unreadable.jsonl"));
    assert_eq!(
        (named.len(), &named[0]["table"], &named[0]["column"]),
        (1, &json!("dossiers"), &json!("form"))
    );
    assert_eq!(named[0]["key"]["id"], json!(rows[1].id));
    assert!(checked(&folder).0);
}

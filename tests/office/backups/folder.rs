//! What lies in the folder: files once, older backups as long as they are wanted, and rows in no engine's own words.

use super::{elsewhere, manifest, stored};
use crate::chronicle::{handled, signed};
use crate::commands::Desk;
use crate::support::commune::Commune;
use crate::support::keys::{MASTER, masters};
use entities::dossiers::reading;
use entities::sealing::Sealer;
use entities::tables::dossiers;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_lies_in_the_folder_is_not_copied_again_and_goes_with_its_last_backup() {
    let commune = Commune::open().await;
    let desk = Desk::new(&commune.database.url(), "");
    let folder = desk.0.join("backups");
    let backup = |more: &[&str]| {
        let (well, said) = desk.run(&[&["backup", folder.to_str().unwrap()], more].concat());
        assert!(well, "{said}");
        said
    };
    stored(&desk, &"ab".repeat(32), b"a paper");
    stored(&desk, &"cd".repeat(32), b"another");

    let first = backup(&[]);
    stored(&desk, &"ef".repeat(32), b"a third");
    let second = backup(&[]);
    fs::remove_file(desk.0.join("files/files/sha256/ab").join("ab".repeat(32))).unwrap();
    let third = backup(&["--keep", "1"]);

    assert!(first.contains("2 files were copied"), "{first}");
    assert!(second.contains("1 files were copied"), "{second}");
    assert!(third.contains("0 files were copied"), "{third}");
    assert!(third.contains("2 older backups and 1 files"), "{third}");
    let (whole, said) = desk.run(&["backup", "verify", folder.to_str().unwrap()]);
    assert!(whole && said.contains("2 files"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_may_move_to_the_other_engine_and_back_and_every_row_stays_as_it_was() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let here = Desk::new(&commune.database.url(), "");
    stored(&here, &"ab".repeat(32), b"a paper");
    let file = here.0.join("moved.db");
    let moved = Desk::new(&format!("sqlite://{}", file.display()), "");
    let (_database, again) = elsewhere().await;

    let folders: Vec<_> = ["one", "two", "three"].map(|name| here.0.join(name)).into();
    for (number, desk) in [&here, &moved, &again].into_iter().enumerate() {
        if number > 0 {
            done(desk, "restore", &folders[number - 1]);
        }
        done(desk, "backup", &folders[number]);
    }

    let tables = |folder: &Path| manifest(folder)["tables"].clone();
    assert_eq!(tables(&folders[0]), tables(&folders[1]));
    assert_eq!(tables(&folders[0]), tables(&folders[2]));
    let rows: u64 =
        tables(&folders[0]).as_array().unwrap().iter().map(|piece| piece["rows"].as_u64().unwrap()).sum();
    assert!(90 < rows, "{rows}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_a_row_names_and_the_store_does_not_have_is_told() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let desk = Desk::new(&commune.database.url(), "");
    let folder = desk.0.join("backups");

    let (well, said) = desk.run(&["backup", folder.to_str().unwrap()]);

    assert!(well && said.contains("files that rows name were not in the store"), "{said}");
    let missing = manifest(&folder)["files"]["missing"].as_array().map(Vec::len);
    assert!(missing > Some(0) && !manifest(&folder)["files"]["missing"][0].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_needs_no_master_secret_and_shows_nothing_that_is_sealed() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let desk = Desk::new(&commune.database.url(), "");
    let folder = desk.0.join("backups");

    done(&desk, "backup", &folder);

    let text = fs::read_to_string(super::newest(&folder).join("tables/dossiers.jsonl")).unwrap();
    let row: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert!(row["applicant_sealed"].as_str().is_some_and(|sealed| !sealed.is_empty()));
    assert!(!text.contains("006199000001"), "the number of the person");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_back_opens_with_the_master_that_was_kept_apart_and_with_no_other() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let here = Desk::new(&commune.database.url(), "");
    let folder = here.0.join("backups");
    let (database, there) = elsewhere().await;
    done(&here, "backup", &folder);
    done(&there, "restore", &folder);

    let at = commune.clock.now();
    let sealer = Sealer::unlock(&database, masters(&[MASTER]), at).await.unwrap();
    let stranger =
        Sealer::unlock(&database, masters(&["the master of somebody else, long enough"]), at).await;

    let rows = dossiers::Entity::find().all(database.reader()).await.unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(reading::applicant(&sealer, &row).unwrap().id_number.is_some());
        assert!(
            reading::entries(database.reader(), row.id).await.unwrap().iter().all(|entry| {
                reading::actor_name(&sealer, &row, entry).is_ok_and(|name| !name.is_empty())
            })
        );
    }
    assert!(stranger.unwrap_err().to_string().contains("a master that is not at hand"));
}

fn done(desk: &Desk, command: &str, folder: &Path) {
    let (well, said) = desk.run(&[command, folder.to_str().unwrap()]);
    assert!(well, "{command}: {said}");
}

/// Uploads have parts, which a listing of the store finds; their SHA-256 is only what the uploader promised.
const PROMISED: (&str, &str) = ("uploads", "sha256");

#[tokio::test(flavor = "multi_thread")]
async fn every_column_that_names_a_file_is_looked_at() {
    let commune = Commune::open().await;
    let sql = match commune.database.backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS tab, column_name::text AS col FROM information_schema.columns \
             WHERE table_schema = 'public' AND column_name LIKE '%sha256'"
        }
        _ => {
            "SELECT t.name AS tab, c.name AS col FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND c.name LIKE '%sha256'"
        }
    };
    let statement = Statement::from_string(commune.database.backend(), sql);
    let rows = commune.database.reader().query_all_raw(statement).await.unwrap();
    let looked_at = include_str!("../../../src/backups/taking.rs");

    let named = rows
        .iter()
        .map(|row| (row.try_get::<String>("", "tab").unwrap(), row.try_get::<String>("", "col").unwrap()));
    let forgotten: Vec<_> = named
        .filter(|(table, column)| (table.as_str(), column.as_str()) != PROMISED)
        .filter(|(table, column)| !looked_at.contains(&format!("(\"{table}\", \"{column}\", ")))
        .collect();

    assert!(rows.len() > 5, "{}", rows.len());
    assert_eq!(forgotten, []);
}

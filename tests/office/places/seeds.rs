//! Places and codes of units from files: read with every error by its line, written once.

use crate::support::database::TestDatabase;
use entities::Error;
use entities::catalogue::unit_codes;
use entities::seeding::importing::{Report, import};
use entities::seeding::{Seeds, reading, shipped};
use entities::tables::{place_successors, places, unit_codes as codes, units};
use migrations::Migrator;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeSet;

fn read(text: &str) -> Seeds {
    reading::read_all(&[("a", text)], &BTreeSet::new()).unwrap()
}

async fn imported(db: &TestDatabase, text: &str) -> Result<Report, Error> {
    let tx = db.begin().await.unwrap();
    let report = import(&tx, &read(text)).await?;
    tx.commit().await.unwrap();
    Ok(report)
}

const ONE: &str =
    "places:\n  - { code: \"99\", name: \"Tỉnh Thử\", valid_from: \"2025-07-01\", document: \"QĐ 1\" }\n";

#[tokio::test]
async fn places_are_added_changed_and_left_alone() {
    let db = TestDatabase::fresh().await;

    let added = imported(&db, ONE).await.unwrap();
    let again = imported(&db, ONE).await.unwrap();
    let renamed = imported(&db, &ONE.replace("Tỉnh Thử", "Thành phố Thử")).await.unwrap();

    assert_eq!(added, Report { places_added: 1, ..Report::default() });
    assert_eq!(again, Report { unchanged: 1, ..Report::default() });
    assert_eq!(renamed, Report { places_changed: 1, ..Report::default() });
}

#[tokio::test]
async fn a_successor_changes_its_share_and_needs_both_places() {
    let db = TestDatabase::fresh().await;
    let two = format!("{ONE}{}", ONE.replace("places:\n", "").replace("\"99\"", "\"98\""));
    let edge = |share: &str| {
        format!("place_successors:\n  - {{ from: \"98\", to: \"99\", on: \"2025-07-01\", share: {share} }}\n")
    };
    imported(&db, &two).await.unwrap();

    let added = imported(&db, &edge("whole")).await.unwrap();
    let changed = imported(&db, &edge("part")).await.unwrap();
    let unknown = imported(&db, &edge("part").replace("\"98\"", "\"97\"")).await;

    assert_eq!((added.place_successors_added, changed.places_changed), (1, 1));
    assert!(matches!(unknown, Err(Error::NotFound("place"))), "{unknown:?}");
    assert_eq!(place_successors::Entity::find().one(db.reader()).await.unwrap().unwrap().share, "part");
}

#[tokio::test]
async fn don_vi_hanh_chinh_two_places_never_bear_one_code_on_one_day() {
    let db = TestDatabase::fresh().await;
    imported(&db, ONE).await.unwrap();

    let later = imported(&db, &ONE.replace("2025-07-01", "2027-01-01")).await;
    let inside =
        imported(&db, &ONE.replace("name:", "parent: \"05\", name:").replace("\"99\"", "\"999\"")).await;

    assert!(matches!(later, Err(Error::Invalid(_))), "{later:?}");
    assert!(matches!(inside, Err(Error::NotFound("parent place"))), "{inside:?}");
    assert_eq!(places::Entity::find().count(db.reader()).await.unwrap(), 1);
}

#[test]
fn every_wrong_line_of_a_place_is_named() {
    let text = r#"places:
  - { code: "9", name: "", valid_from: "2025-07-01", valid_to: "2025-06-01", document: " " }
  - { code: "01840", name: "Phường A", parent: "01841", valid_from: "2025-07-01", document: "QĐ 1" }
  - { code: "19", name: "Tỉnh A", valid_from: "2025-07-01", document: "QĐ 1" }
  - { code: "19", name: "Tỉnh B", valid_from: "2026-07-01", document: "QĐ 1" }
place_successors:
  - { from: "x", to: "19", on: "2025-07-01", share: most }
  - { from: "x", to: "19", on: "2025-07-01" }
unit_codes:
  - { unit: "H55", code: "h55", valid_from: "2025-07-01", valid_to: "2025-06-01", document: "" }
"#;

    let errors = reading::read_all(&[("a", text)], &BTreeSet::new()).unwrap_err();

    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for said in [
        "a:2: code: `9` must be 2, 3 or 5 digits",
        "a:2: document: must have 1 to 200 characters",
        "a:2: name: must have 1 to 200 characters",
        "a:2: valid_to: is before valid_from",
        "a:3: parent: must be the code of a place of a level above",
        "a:5: code: two places bear `19` on one day",
        "a:8: from: `x` must be 2, 3 or 5 digits",
        "a:10: code: `h55` is not an organisation code",
        "a:10: document: must have 1 to 200 characters",
        "a:10: valid_to: is before valid_from",
    ] {
        assert!(told.iter().any(|line| line == said), "{said} is not among {told:#?}");
    }
    assert!(told.iter().any(|line| line.starts_with("a:7: share: ")), "{told:#?}");
}

#[test]
fn don_vi_hanh_chinh_every_shipped_place_that_ended_is_continued() {
    let seeds = shipped::seeds().unwrap();
    let continued: BTreeSet<_> =
        seeds.place_successors.iter().map(|edge| (&*edge.record.from, edge.record.on)).collect();

    for place in seeds.places.iter().map(|place| &place.record) {
        let next = place.valid_to.and_then(|last| last.succ_opt());
        assert!(next.is_none_or(|day| continued.contains(&(&*place.code, day))), "{}", place.code);
    }
    let named: BTreeSet<_> = seeds.places.iter().map(|place| &*place.record.code).collect();
    assert!(seeds.units.iter().all(|unit| named.contains(&*unit.record.place_code)), "a unit lies nowhere");
}

#[tokio::test]
async fn c_06_an_imported_unit_has_both_its_codes_for_its_days() {
    let db = TestDatabase::seeded().await;
    let unit = units::Entity::find().filter(units::Column::Code.eq("H03.31.01")).one(db.reader()).await;
    let unit = unit.unwrap().unwrap();

    let rows = unit_codes::of(db.reader(), unit.id).await.unwrap();

    let told: Vec<_> =
        rows.iter().map(|row| (&*row.code, &*row.scheme, row.valid_from, row.valid_to)).collect();
    let days = (unit.valid_from, unit.valid_to);
    assert_eq!(told, [("000.01.31.H03", "old", days.0, days.1), ("H03.31.01", "new", days.0, days.1)]);
}

#[tokio::test]
async fn c_06_units_that_were_there_before_the_table_keep_their_codes() {
    let db = TestDatabase::seeded().await;
    let before = codes::Entity::find().count(db.reader()).await.unwrap();
    let steps = Migrator::migrations().len()
        - Migrator::migrations().iter().position(|step| step.name() == "m10_places").unwrap();
    let steps = u32::try_from(steps).unwrap();

    Migrator::down(db.writer(), Some(steps)).await.unwrap();
    Migrator::up(db.writer(), None).await.unwrap();

    assert_eq!(codes::Entity::find().count(db.reader()).await.unwrap(), before);
}

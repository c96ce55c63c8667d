//! An import adds, changes and leaves alone what it should.

use super::UNIT;
use crate::seeding::importing::{Report, import, known_units};
use crate::seeding::reading::read;
use crate::seeding::shipped;
use crate::tables::{
    calendars, digitisation_starts, digitisation_targets, place_successors, places, procedure_revisions,
    procedures, unit_codes, unit_successors, units,
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, EntityTrait, Schema, TransactionTrait};

async fn memory() -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
    options.max_connections(1);
    let db = Database::connect(options).await.unwrap();
    let schema = Schema::new(db.get_database_backend());
    for table in [
        schema.create_table_from_entity(units::Entity),
        schema.create_table_from_entity(unit_successors::Entity),
        schema.create_table_from_entity(unit_codes::Entity),
        schema.create_table_from_entity(places::Entity),
        schema.create_table_from_entity(place_successors::Entity),
        schema.create_table_from_entity(procedures::Entity),
        schema.create_table_from_entity(procedure_revisions::Entity),
        schema.create_table_from_entity(calendars::Entity),
        schema.create_table_from_entity(digitisation_starts::Entity),
        schema.create_table_from_entity(digitisation_targets::Entity),
    ] {
        db.execute(&table).await.unwrap();
    }
    db
}

#[tokio::test]
async fn a_second_import_finds_everything_unchanged() {
    let db = memory().await;
    let seeds = shipped::seeds().unwrap();
    let tx = db.begin().await.unwrap();
    let first = import(&tx, &seeds).await.unwrap();
    let again = import(&tx, &seeds).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(first.units_added, u32::try_from(seeds.units.len()).unwrap());
    assert_eq!(first.revisions_added, u32::try_from(seeds.procedures.len()).unwrap());
    assert_eq!((first.calendars_added, first.unchanged), (1, 0));
    let all = first.units_added + first.successors_added + first.revisions_added + first.calendars_added;
    let all = all + first.places_added + first.place_successors_added + first.unit_codes_added;
    let all = all + first.digitisation_added;
    assert_eq!(again, Report { unchanged: all, ..Report::default() });
    assert_eq!(known_units(&db).await.unwrap().len(), seeds.units.len());
}

#[tokio::test]
async fn a_dry_run_leaves_nothing_behind() {
    let db = memory().await;
    let tx = db.begin().await.unwrap();
    assert!(import(&tx, &shipped::seeds().unwrap()).await.unwrap().units_added > 0);
    tx.rollback().await.unwrap();
    assert!(known_units(&db).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_changed_procedure_gets_a_new_revision_and_the_old_one_stays() {
    let db = memory().await;
    let text = shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap().1;
    let changed = text.replace("amount: 1, unit: working_days", "amount: 2, unit: working_days");
    let tx = db.begin().await.unwrap();
    import(&tx, &read("a", text).unwrap()).await.unwrap();
    let before = procedure_revisions::Entity::find().all(&tx).await.unwrap();

    let report = import(&tx, &read("a", &changed).unwrap()).await.unwrap();

    assert_eq!(report, Report { revisions_added: 1, ..Report::default() });
    let after = procedure_revisions::Entity::find().all(&tx).await.unwrap();
    assert!(after.contains(&before[0]));
    assert_eq!(after.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn w_17_a_changed_calendar_needs_a_higher_version() {
    let db = memory().await;
    let text = shipped::FILES.iter().find(|(name, _)| *name == "calendar.yaml").unwrap().1;
    let changed = text.replace("Lunar New Year", "Tet");
    let tx = db.begin().await.unwrap();
    import(&tx, &read("a", text).unwrap()).await.unwrap();

    assert!(matches!(import(&tx, &read("a", &changed).unwrap()).await, Err(crate::Error::Invalid(_))));
    let higher = changed.replace("version: 1", "version: 2");
    assert_eq!(import(&tx, &read("a", &higher).unwrap()).await.unwrap().calendars_added, 1);
}

#[tokio::test]
async fn a_unit_that_changed_keeps_its_key() {
    let db = memory().await;
    let tx = db.begin().await.unwrap();
    import(&tx, &read("a", UNIT).unwrap()).await.unwrap();
    let key = units::Entity::find().one(&tx).await.unwrap().unwrap().id;

    let renamed = UNIT.replace("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh Bắc Kạn");
    let report = import(&tx, &read("a", &renamed).unwrap()).await.unwrap();

    assert_eq!(report, Report { units_changed: 1, ..Report::default() });
    let row = units::Entity::find().one(&tx).await.unwrap().unwrap();
    assert_eq!((row.id, &*row.name_folded), (key, "uy ban nhan dan tinh bac kan"));
}

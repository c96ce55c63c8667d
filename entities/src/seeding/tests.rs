//! What the reader accepts, what it says about bad files, and what ships.

use super::importing::{Report, import, known_units};
use super::reading::{read, read_all};
use super::shipped;
use crate::tables::{calendars, procedure_revisions, procedures, unit_successors, units};
use rules::calendar::Calendar;
use rules::procedure::Tier;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, EntityTrait, Schema, TransactionTrait};
use std::collections::BTreeSet;

fn complaints(text: &str) -> Vec<String> {
    read("bad.yaml", text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_shipped_catalogue_has_no_error() {
    let errors = shipped::seeds().err().unwrap_or_default();
    assert!(errors.is_empty(), "{}", errors.iter().map(|e| format!("{e}\n")).collect::<String>());
}

#[test]
fn every_seed_file_is_shipped() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/seed");
    let count = |path: &str| {
        let files = std::fs::read_dir(path).unwrap().map(|f| f.unwrap().path());
        files.filter(|f| f.extension().is_some_and(|e| e == "yaml")).count()
    };
    assert_eq!(count(folder) + count(&format!("{folder}/procedures")), shipped::FILES.len());
}

#[test]
fn the_province_has_the_shape_of_bac_kan_in_2021() {
    let seeds = shipped::seeds().unwrap();
    let count = |root: &str, tier: Tier| {
        let units = seeds.units.iter().map(|u| &u.record);
        units.filter(|u| u.tier == tier && u.parent.is_some() && u.code.starts_with(root)).count()
    };
    let r2018 = [Tier::Province, Tier::District, Tier::Commune, Tier::PostalPoint].map(|t| count("H03", t));
    assert_eq!(r2018, [16, 8, 108, 48]);
    assert_eq!((count("H55", Tier::District), count("H55", Tier::Commune)), (0, 37));
    let ended: BTreeSet<_> = seeds.successors.iter().map(|s| s.record.from.as_str()).collect();
    assert!(
        seeds
            .units
            .iter()
            .filter(|u| u.record.code.starts_with("H03"))
            .all(|u| ended.contains(&*u.record.code))
    );
}

#[test]
fn the_procedures_cover_eight_fields_and_every_tier() {
    let seeds = shipped::seeds().unwrap();
    let revisions: Vec<_> = seeds.procedures.iter().map(|p| &p.record.revision).collect();
    assert!(revisions.len() >= 32, "{}", revisions.len());
    assert!(revisions.iter().map(|r| &r.field.code).collect::<BTreeSet<_>>().len() >= 8);
    for code in ["1.001193", "2.000815"] {
        let found = seeds.procedures.iter().find(|p| p.record.national_code == code).unwrap();
        let pdf = |c: &&rules::procedure::Component| c.required && c.media_types == ["application/pdf"];
        assert_eq!(found.record.revision.components.iter().filter(pdf).count(), 2, "{code}");
    }
}

#[test]
fn the_calendar_counts_the_working_days_of_each_year() {
    let seeds = shipped::seeds().unwrap();
    let calendar = Calendar::from_file(&seeds.calendars[0].record).unwrap();
    let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let years = [2024, 2025, 2026, 2027].map(|y| calendar.count(day(y, 1, 1), day(y, 12, 31)));
    assert_eq!(years, [251, 250, 249, 249]);
}

const UNIT: &str = r#"units:
  - code: "H03"
    name: "Ủy ban nhân dân tỉnh"
    tier: province
    place_code: "06"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2020-09-15"
"#;

#[test]
fn a_good_unit_is_read_from_yaml_and_from_json() {
    let json = "{\"units\": [\n\t{\"code\": \"H03\", \"name\": \"Ủy ban nhân dân tỉnh\", \"tier\": \"province\",\n\t\"place_code\": \"06\", \"office_hours\": [\"07:30-11:30\", \"13:30-17:00\"], \"valid_from\": \"2020-09-15\"}]}";
    let yaml = read("a.yaml", UNIT).unwrap();
    assert_eq!(yaml.units[0].line, 2);
    assert_eq!(read("a.json", json).unwrap().units[0].record, yaml.units[0].record);
}

#[test]
fn every_wrong_line_of_a_unit_is_named() {
    let text = r#"units:
  - code: "h03"
    name: ""
    tier: province
    place_code: "6"
    office_hours: ["07:30-11:30", "noon"]
    valid_from: "2020-09-15"
    valid_to: "2019-01-01"
  - code: "H04"
    nmae: "Sở Nội vụ"
    tier: ministry
    place_code: "06"
    office_hours: ["07:30-11:30"]
    valid_from: 15/09/2020
"#;
    let lines: Vec<u64> = read("u", text).unwrap_err().iter().map(|e| e.line).collect();
    assert_eq!(lines, [2, 3, 5, 6, 8, 9, 10, 11, 14]);
}

#[test]
fn unknown_parents_and_doubled_codes_are_found_across_files() {
    let child = UNIT.replace("\"H03\"", "\"H03.01\"").replace("    tier", "    parent: \"H09\"\n    tier");
    let errors = read_all(&[("a", UNIT), ("b", &child), ("c", UNIT)], &BTreeSet::new()).unwrap_err();
    let said: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["b:2: parent: there is no unit `H09`", "c:2: code: `H03` is given to two units"]);
    assert!(read_all(&[("b", &child)], &BTreeSet::from(["H09".to_owned()])).is_ok());
}

#[test]
fn a_procedure_is_told_all_that_is_wrong_with_it() {
    let good = shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap().1;
    let line_of = |text: &str, part: &str| text.lines().position(|l| l.contains(part)).unwrap() + 1;
    let bad = good
        .replace("\"1.013134\"", "1.013134")
        .replace("level: mot_phan", "level: toan_trinh")
        .replace("role: case_officer, ", "")
        .replace("additionalProperties: false", "additionalProperties: true")
        .replace("amount: 1, unit: working_days", "amount: one, unit: working_days")
        .replace("postal_allowed: false", "postal: false");
    let said = complaints(&bad);
    let expect = |part: &str, words: &str| {
        let line = format!("bad.yaml:{}:", line_of(&bad, part));
        assert!(said.iter().any(|s| s.starts_with(&line) && s.contains(words)), "{words}: {said:#?}");
    };
    expect("national_code", "put the code in quotes");
    expect("key: \"appraise\"", "`role` is missing");
    expect("amount: one", "invalid type");
    expect("postal: false", "unknown field");
    let closed = good
        .replace("additionalProperties: false", "additionalProperties: true")
        .replace("key: \"approve\"", "key: \"transfer\"");
    let said = complaints(&closed);
    assert!(said[0].contains("additionalProperties must be false"), "{said:?}");
    assert!(said[1].contains("step `transfer` is listed twice"), "{said:?}");
}

#[test]
fn the_parts_of_a_procedure_must_be_there() {
    let good = shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap().1;
    let (head, rest) = good.split_once("      components:\n").unwrap();
    let (_, tail) = rest.split_once("      results:\n").unwrap();
    let empty = format!("{head}      components: []\n      results:\n{tail}");
    assert!(complaints(&empty)[0].ends_with("components: must not be empty"));
    let broken = good.replacen("type: string", "type: txt", 1);
    assert!(complaints(&broken)[0].contains("form_schema"));
    let reason = good.lines().filter(|l| !l.contains("partial_reason")).collect::<Vec<_>>().join("\n");
    assert!(complaints(&reason)[0].contains("must say why"));
}

#[test]
fn a_text_that_is_no_seed_file_is_refused_with_its_line() {
    assert_eq!(complaints("unitz: []"), ["bad.yaml:1: unknown section `unitz`"]);
    assert!(complaints("units:\n  - code: [\n")[0].starts_with("bad.yaml:"));
    assert!(complaints("{\"units\":\n [}")[0].starts_with("bad.yaml:2:"));
    assert!(complaints("")[0].contains("expected a map"));
    assert_eq!(complaints(&format!("{UNIT}    name: \"again\"\n")), ["bad.yaml:8: `name` is written twice"]);
}

#[test]
fn a_calendar_row_out_of_place_is_named() {
    let text = r#"calendars:
  - name: "vn"
    version: 1
    valid_from: "2026-01-01"
    valid_to: "2026-12-31"
    "off":
      - { date: "2026-01-01", reason_vi: "Tết", reason_en: "New Year", document: "BLLĐ" }
      - { date: "2026-01-01", reason_vi: "Tết", reason_en: "New Year", document: "BLLĐ" }
      - { date: "2027-01-01", reason_vi: "", reason_en: "New Year", document: "BLLĐ" }
    "work": []
"#;
    let lines: Vec<u64> = read("c", text).unwrap_err().iter().map(|e| e.line).collect();
    assert_eq!(lines, [8, 9, 9]);
}

async fn memory() -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
    options.max_connections(1);
    let db = Database::connect(options).await.unwrap();
    let schema = Schema::new(db.get_database_backend());
    for table in [
        schema.create_table_from_entity(units::Entity),
        schema.create_table_from_entity(unit_successors::Entity),
        schema.create_table_from_entity(procedures::Entity),
        schema.create_table_from_entity(procedure_revisions::Entity),
        schema.create_table_from_entity(calendars::Entity),
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
    assert_eq!((first.procedures_added, first.calendars_added, first.unchanged), (47, 1, 0));
    let all = first.units_added + first.successors_added + first.revisions_added + first.calendars_added;
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
async fn a_changed_calendar_needs_a_higher_version() {
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

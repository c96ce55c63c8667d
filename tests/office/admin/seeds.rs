//! Catalogue files through the API.

use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, CITIZEN, CONTROLLER, House, json, problem};
use entities::seeding::shipped;
use reqwest::Method;
use serde_json::{Value, json};

const SEEDS: &str = "/v1/admin/seeds";

const UNIT: &str = r#"units:
  - code: "H55.99"
    name: "Trung tâm Mẫu"
    tier: province
    parent: "H55"
    place_code: "19"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2025-07-01"
"#;

#[tokio::test]
async fn a_dry_run_tells_what_would_be_done_and_leaves_nothing() {
    let house = House::open().await;

    let report = json(house.act_as(ADMINISTRATOR, SEEDS, "one", &file(UNIT, true)).await, 200).await;

    promise::holds("SeedReport", &report);
    assert_eq!((&report["dry_run"], &report["units_added"]), (&json!(true), &json!(1)));
    assert!(named_centre(&house).await.is_empty());
}

#[tokio::test]
async fn an_imported_unit_is_there_at_once_and_the_second_import_changes_nothing() {
    let house = House::open().await;

    let first = json(house.act_as(CONTROLLER, SEEDS, "one", &file(UNIT, false)).await, 200).await;
    let again = house.act_as(CONTROLLER, SEEDS, "one", &file(UNIT, false)).await;
    let second = json(house.act_as(CONTROLLER, SEEDS, "two", &file(UNIT, false)).await, 200).await;

    assert_eq!((&first["units_added"], &first["dry_run"]), (&json!(1), &json!(false)));
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!((&second["units_added"], &second["unchanged"]), (&json!(0), &json!(1)));
    assert_eq!(named_centre(&house).await.len(), 1);
}

#[tokio::test]
async fn a_changed_procedure_is_answered_in_its_new_revision_at_once() {
    let house = House::open().await;
    let shown = house.read("/v1/procedures/1.013134").await;
    let (_, text) = shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap();
    let changed = text.replace("amount: 1, unit: working_days", "amount: 2, unit: working_days");

    let report = json(house.act_as(CONTROLLER, SEEDS, "one", &file(&changed, false)).await, 200).await;

    assert_eq!(report["revisions_added"], 1);
    let now = house.read("/v1/procedures/1.013134").await;
    assert_eq!((&shown["revision"], &now["revision"]), (&json!(1), &json!(2)));
}

#[tokio::test]
async fn every_wrong_line_is_told_at_once_and_nothing_is_written() {
    let house = House::open().await;
    let bad = UNIT.replace("\"H55\"", "\"H77\"")
        + "  - code: \"H55.98\"\n    nmae: \"Sở Mẫu\"\n    tier: ministry\n";

    for (language, line) in [("vi", "mau.yaml, dòng "), ("en", "mau.yaml, line ")] {
        let asked = house.ask_as(ADMINISTRATOR, Method::POST, SEEDS).header("idempotency-key", language);
        let asked = asked.header("accept-language", language).json(&file(&bad, false));
        let told = problem(asked.send().await.unwrap(), 422, "body_invalid").await;
        let errors = told["errors"].as_array().unwrap();
        assert!(errors.len() > 2, "{told}");
        assert!(errors.iter().all(|e| e["pointer"] == "/text" && e["code"] == "seed_line_wrong"));
        assert!(errors.iter().all(|e| e["message"].as_str().unwrap().starts_with(line)), "{told}");
    }
    assert!(named_centre(&house).await.is_empty());
}

#[tokio::test]
async fn a_calendar_version_with_other_days_is_refused() {
    let house = House::open().await;
    let (_, text) = shipped::FILES.iter().find(|(name, _)| *name == "calendar.yaml").unwrap();
    let changed = text.replace("Lunar New Year", "Tet");

    for dry_run in [true, false] {
        let answer = house.act_as(ADMINISTRATOR, SEEDS, "one", &file(&changed, dry_run)).await;
        let told = problem(answer, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["code"], "calendar_version_taken", "{told}");
    }
}

#[tokio::test]
async fn a_file_needs_the_role_the_key_and_the_form() {
    let house = House::open().await;

    problem(house.act_as(CITIZEN, SEEDS, "one", &file(UNIT, false)).await, 403, "forbidden").await;
    let bare = house.ask_as(ADMINISTRATOR, Method::POST, SEEDS).json(&file(UNIT, false));
    problem(bare.send().await.unwrap(), 400, "idempotency_key_missing").await;
    let strange = json!({"name": "a", "text": UNIT, "force": true});
    problem(house.act_as(ADMINISTRATOR, SEEDS, "one", &strange).await, 422, "body_invalid").await;
    let empty = json!({"name": "a", "text": ""});
    problem(house.act_as(ADMINISTRATOR, SEEDS, "one", &empty).await, 422, "body_invalid").await;
    let zero = file(&UNIT.replace("Trung tâm Mẫu", "Trung\\0tâm"), false);
    problem(house.act_as(ADMINISTRATOR, SEEDS, "one", &zero).await, 422, "body_invalid").await;
}

fn file(text: &str, dry_run: bool) -> Value {
    json!({"name": "mau.yaml", "text": text, "dry_run": dry_run})
}

async fn named_centre(house: &House) -> Vec<Value> {
    house.read("/v1/units?q=trung%20tam%20mau").await["items"].as_array().unwrap().clone()
}

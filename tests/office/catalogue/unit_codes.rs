//! Codes of units over time: found by either, mapped by a person.

use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, CITIZEN, CONTROLLER, House, json, problem};
use entities::catalogue::units::by_code;
use entities::tables::{unit_codes, units};
use reqwest::Method;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json as body};

async fn unit(house: &House, code: &str) -> Value {
    let found = house.read(&format!("/v1/units?code={code}&on=2026-01-01")).await;
    found["items"][0].clone()
}

async fn give(house: &House, who: &str, unit: &Value, given: &Value) -> reqwest::Response {
    let path = format!("/v1/admin/units/{}/codes", unit["id"].as_str().unwrap());
    house.act_as(who, &path, &given.to_string().len().to_string(), given).await
}

#[tokio::test]
async fn c_06_a_unit_is_found_by_its_old_and_its_new_code_on_its_day() {
    let house = House::open().await;

    let old = house.read("/v1/units?code=000.00.15.H03&on=2021-05-01").await;
    let new = house.read("/v1/units?code=H03.15&on=2021-05-01").await;
    let now = house.read("/v1/units?code=000.00.15.H03").await;

    assert_eq!(old["items"][0]["code"], "H03.15");
    assert_eq!(old["items"], new["items"]);
    assert_eq!(now["items"], body!([]), "the unit ended with the old province");
}

#[tokio::test]
async fn c_08_a_merged_province_goes_on_under_one_code() {
    let house = House::open().await;

    let before = house.walk("/v1/units?code=H03&on=2025-06-30").await;
    let after = house.walk("/v1/units?code=H03&on=2025-07-01").await;
    let merged = house.walk("/v1/units?code=H55&on=2025-07-01").await;

    assert_eq!((before.len(), after.len(), merged.len()), (1, 0, 1));
    assert_eq!(merged[0]["name"], "Ủy ban nhân dân tỉnh Thái Nguyên");
}

#[tokio::test]
async fn c_06_c_07_a_new_code_is_given_by_a_document_and_the_old_one_stays_known() {
    let house = House::open().await;
    let ward = unit(&house, "H55.101").await;
    let given = body!({"code": "H55.40.01", "valid_from": "2026-10-01", "document": "QĐ 77/QĐ-UBND"});

    let told = json(give(&house, CONTROLLER, &ward, &given).await, 201).await;

    promise::holds("UnitCode", &told[0]);
    let codes: Vec<_> = told.as_array().unwrap().iter().map(|code| code["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["000.01.40.H55", "H55.101", "H55.40.01"]);
    let early = house.read("/v1/units?code=H55.40.01&on=2026-09-30").await;
    let later = house.read("/v1/units?code=H55.40.01&on=2026-10-01").await;
    let known = house.read("/v1/units?code=H55.101&on=2026-10-01").await;
    assert_eq!(early["items"], body!([]));
    assert_eq!((&later["items"][0]["id"], &known["items"][0]["id"]), (&ward["id"], &ward["id"]));
    let path = format!("/v1/units/{}/codes", ward["id"].as_str().unwrap());
    let listed = house.read(&path).await;
    promise::holds("UnitCodes", &listed);
    assert_eq!((&listed["items"], &listed["suggestion"]), (&told, &body!(null)));
}

#[tokio::test]
async fn c_07_where_no_new_code_is_known_the_old_one_turned_round_is_proposed() {
    let house = House::open().await;
    let ward = unit(&house, "H55.101").await;
    let id: uuid::Uuid = ward["id"].as_str().unwrap().parse().unwrap();
    let new = unit_codes::Entity::delete_many()
        .filter(unit_codes::Column::UnitId.eq(id))
        .filter(unit_codes::Column::Scheme.eq("new"));
    new.exec(house.database.writer()).await.unwrap();

    let listed = house.read(&format!("/v1/units/{id}/codes")).await;

    assert_eq!(
        (&listed["items"][0]["code"], &listed["suggestion"]),
        (&body!("000.01.40.H55"), &body!("H55.40.01"))
    );
    let kept = units::Entity::find_by_id(id).one(house.database.reader()).await.unwrap().unwrap();
    assert_eq!(kept.code, "H55.101", "a proposal changes nothing");
}

#[tokio::test]
async fn c_06_two_units_never_have_one_code_on_one_day() {
    let house = House::open().await;
    let (ward, neighbour) = (unit(&house, "H55.101").await, unit(&house, "H55.102").await);
    let from = |day: &str, to: Value| body!({"code": "000.02.40.H55", "valid_from": day, "valid_to": to, "document": "QĐ 1"});

    let taken = problem(
        give(&house, ADMINISTRATOR, &ward, &from("2026-01-01", body!(null))).await,
        422,
        "body_invalid",
    )
    .await;
    let before = give(&house, ADMINISTRATOR, &ward, &from("2021-01-01", body!("2025-06-30"))).await;

    assert_eq!(taken["errors"][0]["code"], "code_taken");
    json(before, 201).await;
    let then = house.read("/v1/units?code=000.02.40.H55&on=2025-07-01").await;
    assert_eq!(then["items"][0]["id"], neighbour["id"]);
}

#[tokio::test]
async fn what_cannot_be_given_is_refused_with_every_reason() {
    let house = House::open().await;
    let ward = unit(&house, "H55.101").await;
    let wrong =
        body!({"code": "h55", "valid_from": "2026-01-01", "valid_to": "2025-01-01", "document": "QĐ 1"});
    let silent = body!({"code": "H55.9", "valid_from": "2026-01-01", "document": " "});

    let told = problem(give(&house, ADMINISTRATOR, &ward, &wrong).await, 422, "body_invalid").await;
    let unexplained = problem(give(&house, ADMINISTRATOR, &ward, &silent).await, 422, "body_invalid").await;
    problem(give(&house, CITIZEN, &ward, &silent).await, 403, "forbidden").await;
    let nobody = body!({"id": "019a0000-0000-7000-8000-000000000001"});
    let good = body!({"code": "H55.9", "valid_from": "2026-01-01", "document": "QĐ 1"});
    problem(give(&house, ADMINISTRATOR, &nobody, &good).await, 404, "not_found").await;

    let codes: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| e["code"].clone()).collect();
    assert_eq!(codes, ["code_malformed", "dates_out_of_order"]);
    assert_eq!(unexplained["errors"][0]["pointer"], "/document");
    assert_eq!(house.ask(Method::GET, "/v1/units/one/codes").send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn c_06_c_11_dossiers_carry_the_code_that_was_given_last() {
    let house = House::open().await;
    let ward = unit(&house, "H55.101").await;
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let given = body!({"code": "H55.40.01", "valid_from": "2026-10-01", "document": "QĐ 77/QĐ-UBND"});
    json(give(&house, CONTROLLER, &ward, &given).await, 201).await;

    let known = by_code(house.database.reader(), "H55.101").await.unwrap();

    assert_eq!(
        (known.code_on(day("2026-09-30")), known.code_on(day("2026-10-01"))),
        ("H55.101", "H55.40.01")
    );
    let before = by_code(house.database.reader(), "H03.31.01").await.unwrap();
    assert_eq!(before.code_on(day("2021-05-01")), "000.01.31.H03", "until June 2025 the old generation");
}

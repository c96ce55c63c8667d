//! Units and postal points.

use crate::support::house::House;
use chrono::{TimeZone, Utc};
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;

#[tokio::test]
async fn units_are_found_without_accents_and_capitals() {
    let house = House::open().await;

    let plain = house.read("/v1/units?q=so%20tu%20phap").await;
    let shouted = house.read("/v1/units?q=S%E1%BB%9E%20T%C6%AF%20PH%C3%81P").await;

    assert_eq!(plain["items"][0]["name"], "Sở Tư pháp tỉnh Thái Nguyên");
    assert_eq!(plain["items"].as_array().unwrap().len(), 1);
    assert_eq!(plain, shouted);
}

#[tokio::test]
async fn a_list_is_walked_to_its_end() {
    let house = House::open().await;

    let units = house.walk("/v1/units?tier=commune&limit=7").await;

    let codes: BTreeSet<_> = units.iter().map(|unit| unit["code"].to_string()).collect();
    assert_eq!((units.len(), codes.len()), (37, 37));
    assert!(units.iter().all(|unit| unit["tier"] == "commune"));
}

#[tokio::test]
async fn a_list_holds_the_units_of_its_day_and_a_unit_outlives_its_list() {
    let house = House::open().await;
    house.clock.set(Utc.with_ymd_and_hms(2025, 6, 30, 2, 0, 0).unwrap());
    let districts = house.walk("/v1/units?tier=district").await;
    assert_eq!(districts.len(), 8);
    assert_eq!(house.walk("/v1/units?tier=postal_point").await.len(), 48);
    let below = house.walk(&format!("/v1/units?parent={}", districts[0]["id"].as_str().unwrap())).await;
    assert!(!below.is_empty() && below.iter().all(|unit| unit["parent"] == districts[0]["id"]));

    house.clock.set(Utc.with_ymd_and_hms(2025, 7, 1, 2, 0, 0).unwrap());

    assert!(house.walk("/v1/units?tier=district").await.is_empty());
    let ended = house.read(&format!("/v1/units/{}", districts[0]["id"].as_str().unwrap())).await;
    assert_eq!((&ended["valid_to"], &ended["code"]), (&Value::from("2025-06-30"), &districts[0]["code"]));
}

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again() {
    let house = House::open().await;
    let first = house.ask(Method::GET, "/v1/units?tier=commune").send().await.unwrap();
    assert_eq!(first.headers()["cache-control"], "public, max-age=60");
    let tag = first.headers()["etag"].clone();
    assert!(tag.to_str().unwrap().starts_with('"'));

    let known = |path: &str| house.ask(Method::GET, path).header("if-none-match", tag.clone());
    let again = known("/v1/units?tier=commune").send().await.unwrap();
    let other = known("/v1/units?tier=province").send().await.unwrap();

    assert_eq!((again.status(), &again.headers()["etag"]), (reqwest::StatusCode::NOT_MODIFIED, &tag));
    assert!(again.bytes().await.unwrap().is_empty());
    assert_eq!(other.status(), 200);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let house = House::open().await;
    let page = house.read("/v1/units?tier=commune&limit=1").await;
    let cursor = page["next"].as_str().unwrap();

    house.read(&format!("/v1/units?limit=9&tier=commune&after={cursor}")).await;
    house.refused(&format!("/v1/units?tier=province&after={cursor}"), 400, "cursor_invalid").await;
    house.refused("/v1/units?q=a%00b", 400, "query_invalid").await;
    house.refused(&format!("/v1/units?q={}", "a".repeat(201)), 400, "query_invalid").await;
    house.refused("/v1/units?tier=ministry", 400, "query_invalid").await;
    house.refused("/v1/units?colour=red", 400, "query_invalid").await;
    house.refused("/v1/units/one", 400, "path_invalid").await;
    house.refused("/v1/units/019a0000-0000-7000-8000-000000000001", 404, "not_found").await;
}

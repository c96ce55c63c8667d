//! Administrative units of the country: lists of a day, codes that were given again, and what continues them.

mod addresses;
mod plans;
mod seeds;

use crate::openapi::promise;
use crate::support::house::House;
use reqwest::Method;
use serde_json::{Value, json};

fn codes(items: &[Value]) -> Vec<&str> {
    items.iter().map(|place| place["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn don_vi_hanh_chinh_the_country_has_63_provinces_until_the_merger_and_34_after() {
    let house = House::open().await;

    let before = house.walk("/v1/places?level=province&on=2025-06-30&limit=9").await;
    let after = house.walk("/v1/places?level=province&limit=9").await;

    assert_eq!((before.len(), after.len()), (63, 34));
    assert_eq!(codes(&after)[..4], ["01", "04", "08", "11"]);
    assert!(house.walk("/v1/places?level=district").await.is_empty());
}

#[tokio::test]
async fn places_are_found_without_accents_inside_another() {
    let house = House::open().await;

    let found = house.read("/v1/places?q=duc%20xuan&parent=19").await;
    let before = house.walk("/v1/places?parent=058&on=2021-05-01").await;

    promise::holds("Place", &found["items"][0]);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&found["items"][0]["code"], &found["items"][0]["name"]),
        (&json!("01840"), &json!("Phường Đức Xuân"))
    );
    assert_eq!(before.len(), 8);
    assert!(before.iter().all(|place| place["level"] == "commune" && place["parent"] == "058"));
}

#[tokio::test]
async fn don_vi_hanh_chinh_a_number_given_again_names_the_place_of_the_day() {
    let house = House::open().await;

    let ward = house.read("/v1/places/01843").await;
    let before = house.read("/v1/places/01843?on=2021-05-01").await;
    let ended = house.read("/v1/places/01834").await;
    let early = house.read("/v1/places/01834?on=2001-01-01").await;

    assert_eq!((&ward["name"], &ward["parent"]), (&json!("Phường Bắc Kạn"), &json!("19")));
    assert_eq!((&before["name"], &before["parent"]), (&json!("Phường Phùng Chí Kiên"), &json!("058")));
    assert_eq!((&ended["valid_to"], &ended), (&json!("2025-06-30"), &early));
}

#[tokio::test]
async fn don_vi_hanh_chinh_a_place_goes_on_in_another() {
    let house = House::open().await;

    let told = house.read("/v1/places/01834/successors").await;
    let then = house.read("/v1/places/01834/successors?on=2025-06-30").await;
    let province = house.read("/v1/places/06/successors").await;

    promise::holds("SuccessorsView", &told);
    assert_eq!((&told["choice_needed"], &told["place"]["code"]), (&json!(false), &json!("01834")));
    assert_eq!(told["candidates"][0]["place"]["name"], "Phường Đức Xuân");
    assert_eq!(then["candidates"][0]["place"]["code"], "01834", "it was still there");
    assert_eq!(province["candidates"][0]["place"]["name"], "Tỉnh Thái Nguyên");
}

#[tokio::test]
async fn don_vi_hanh_chinh_a_place_that_fell_apart_is_left_to_a_persons_choice() {
    let house = House::open().await;

    let city = house.read("/v1/places/058/successors").await;

    assert_eq!(city["choice_needed"], true);
    let candidates = city["candidates"].as_array().unwrap();
    let places: Vec<_> = candidates.iter().map(|c| c["place"].clone()).collect();
    assert_eq!(codes(&places), ["01840", "01843", "01849"]);
    assert!(candidates.iter().all(|candidate| candidate["share"] == "part"));
}

#[tokio::test]
async fn an_old_address_says_of_which_day_its_code_is() {
    let house = House::open().await;

    let of_old = house.read("/v1/places/01843/successors?known_on=2021-05-01").await;
    let of_now = house.read("/v1/places/01843/successors?known_on=2026-01-01").await;

    assert_eq!(of_old["place"]["name"], "Phường Phùng Chí Kiên");
    assert_eq!(of_now["place"]["name"], "Phường Bắc Kạn");
    assert_eq!(of_old["candidates"][0]["place"], of_now["candidates"][0]["place"]);
    assert_eq!(of_now["choice_needed"], false);
    house.refused("/v1/places/01843/successors?known_on=2001-01-01", 404, "not_found").await;
}

#[tokio::test]
async fn what_is_no_place_is_told() {
    let house = House::open().await;
    let page = house.read("/v1/places?level=commune&limit=1").await;
    let cursor = page["next"].as_str().unwrap();

    house.refused("/v1/places/9", 400, "path_invalid").await;
    house.refused("/v1/places/97", 404, "not_found").await;
    house.refused("/v1/places/97/successors", 404, "not_found").await;
    house.refused("/v1/places?level=village", 400, "query_invalid").await;
    house.refused("/v1/places?on=yesterday", 400, "query_invalid").await;
    house.refused(&format!("/v1/places?level=province&after={cursor}"), 400, "cursor_invalid").await;
}

#[tokio::test]
async fn a_place_a_reader_has_is_not_sent_again() {
    let house = House::open().await;
    let first = house.ask(Method::GET, "/v1/places/01840").send().await.unwrap();
    let tag = first.headers()["etag"].clone();

    let again = house.ask(Method::GET, "/v1/places/01840").header("if-none-match", tag).send().await.unwrap();

    assert_eq!(again.status(), reqwest::StatusCode::NOT_MODIFIED);
}

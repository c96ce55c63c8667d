//! Procedures and what they say.

use crate::openapi::promise;
use crate::support::clock::opening;
use crate::support::house::House;
use chrono::NaiveDate;
use reqwest::Method;
use std::collections::BTreeSet;

#[tokio::test]
async fn procedures_are_found_by_words_without_accents_and_by_code() {
    let house = House::open().await;

    let named = house.read("/v1/procedures?q=chung%20thuc%20ban%20sao%20tu%20ban%20chinh").await;
    let coded = house.read("/v1/procedures?q=1.001193").await;

    assert!(named["items"].as_array().unwrap().iter().any(|p| p["national_code"] == "2.000815"));
    assert_eq!(coded["items"].as_array().unwrap().len(), 1);
    let field = coded["items"][0]["field_code"].as_str().unwrap();
    let same = house.walk(&format!("/v1/procedures?field={field}")).await;
    assert!(same.len() > 1 && same.iter().all(|p| p["field_code"] == field));
}

#[tokio::test]
async fn l_54_every_procedure_in_force_is_shown_as_the_document_promises() {
    let house = House::open().await;
    let lines = house.walk("/v1/procedures?limit=20").await;
    let listed: BTreeSet<&str> = lines.iter().map(|line| line["national_code"].as_str().unwrap()).collect();
    let (all, in_force) = shipped(opening().date_naive());
    assert_eq!((lines.len(), listed), (in_force.len(), in_force.iter().map(String::as_str).collect()));

    for code in all {
        if !in_force.contains(&code) {
            house.refused(&format!("/v1/procedures/{code}"), 404, "not_found").await;
            continue;
        }
        let shown = house.read(&format!("/v1/procedures/{code}")).await;
        promise::holds("Procedure", &shown);
        assert_eq!(shown["national_code"], code);
        assert!(shown["form_schema"]["properties"].is_object() && !shown["channels"].is_null());
    }
}

/// National codes of the shipped procedures, and of those in force on a day.
pub fn shipped(day: NaiveDate) -> (BTreeSet<String>, BTreeSet<String>) {
    let seeds = entities::seeding::shipped::seeds().unwrap();
    let records = || seeds.procedures.iter().map(|located| &located.record);
    let in_force = records().filter(|p| p.valid_from <= day && p.valid_to.is_none_or(|to| day <= to));
    (
        records().map(|p| p.national_code.clone()).collect(),
        in_force.map(|p| p.national_code.clone()).collect(),
    )
}

#[tokio::test]
async fn a_procedure_a_reader_has_is_not_sent_again() {
    let house = House::open().await;
    let first = house.ask(Method::GET, "/v1/procedures/2.000815").send().await.unwrap();
    let tag = first.headers()["etag"].clone();

    let again = house.ask(Method::GET, "/v1/procedures/2.000815").header("if-none-match", tag);

    assert_eq!(again.send().await.unwrap().status(), 304);
}

#[tokio::test]
async fn a_code_that_is_none_and_a_procedure_that_is_not_there_are_told_apart() {
    let house = House::open().await;

    house.refused("/v1/procedures/birth", 400, "path_invalid").await;
    house.refused("/v1/procedures/9.999999", 404, "not_found").await;
    house.refused("/v1/procedures?field=G%0015", 400, "query_invalid").await;
    house.refused("/v1/procedures?after=AAAA", 400, "cursor_invalid").await;
}

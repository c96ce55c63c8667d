//! Everything wrong with an application is told at once, with its place, in both languages.

use crate::support::commune::{Commune, MAU, THU, key};
use crate::support::house::{json, problem};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json as body};

/// The places and codes of a refused application, sorted.
async fn misfits(commune: &Commune, who: &str, application: &Value) -> Vec<(String, String)> {
    let told = problem(commune.hand_in(who, application).await, 422, "body_invalid").await;
    let pair =
        |e: &Value| (e["pointer"].as_str().unwrap().to_owned(), e["code"].as_str().unwrap().to_owned());
    let mut all: Vec<_> = told["errors"].as_array().unwrap().iter().map(pair).collect();
    all.sort();
    all
}

async fn only(commune: &Commune, who: &str, application: &Value, pointer: &str, code: &str) {
    assert_eq!(misfits(commune, who, application).await, [(pointer.to_owned(), code.to_owned())]);
}

async fn good(commune: &Commune) -> Value {
    let mut application = commune.copies();
    commune.attach(MAU, &mut application).await;
    application
}

#[tokio::test]
async fn l_10_everything_wrong_is_told_at_once() {
    let commune = Commune::open().await;
    let foreign = commune.paper(THU).await;
    let mut application = commune.trial(1);
    application["applicant_kind"] = body!("enterprise");
    application["applicant"] = body!({"name": "  "});
    application["channel"] = body!("online");
    application["return_method"] = body!("post");
    application["form"] = body!({"note": 5, "more": true});
    application["papers"] = body!([{"component": "T9-99"}, {"component": "T1-02", "file": foreign}]);

    let told = misfits(&commune, MAU, &application).await;

    let told: Vec<_> = told.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
    assert_eq!(
        told,
        [
            ("/applicant/address", "address_missing"),
            ("/applicant/name", "name_missing"),
            ("/applicant_kind", "applicant_kind_not_served"),
            ("/form", "form_invalid"),
            ("/form/note", "form_invalid"),
            ("/papers", "component_missing"),
            ("/papers/0/component", "component_unknown"),
            ("/papers/1/file", "file_unknown"),
            ("/return_method", "post_not_allowed"),
        ]
    );
    assert_eq!(commune.read(MAU, "/v1/dossiers").await["items"], body!([]), "nothing was kept");
}

#[tokio::test]
async fn the_words_are_in_the_readers_language_and_never_repeat_what_was_typed() {
    let commune = Commune::open().await;
    let mut application = good(&commune).await;
    application["form"]["pages"] = body!("bí mật của tôi");
    for (language, word) in [("vi", "Mục này"), ("en", "integer")] {
        let request = commune.ask_as(MAU, Method::POST, "/v1/dossiers").header("accept-language", language);
        let request = request.header("idempotency-key", key()).json(&application);
        let told = problem(request.send().await.unwrap(), 422, "body_invalid").await;
        let message = told["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(word) && !message.contains("bí mật"), "{message}");
    }
}

#[tokio::test]
async fn a_missing_paper_is_told() {
    let commune = Commune::open().await;
    let mut application = good(&commune).await;
    application["papers"].as_array_mut().unwrap().pop();
    only(&commune, MAU, &application, "/papers", "component_missing").await;
    application["papers"].as_array_mut().unwrap().push(body!({"component": "CC-02"}));
    only(&commune, MAU, &application, "/papers", "component_missing").await;
}

#[tokio::test]
async fn a_file_of_another_person_does_not_exist() {
    let commune = Commune::open().await;
    let mut application = good(&commune).await;
    application["papers"][1]["file"] = commune.paper(THU).await;
    only(&commune, MAU, &application, "/papers/1/file", "file_unknown").await;
}

#[tokio::test]
async fn a_file_that_failed_inspection_is_not_taken() {
    let commune = Commune::open().await;
    let application = good(&commune).await;
    let sql = "UPDATE files SET state = 'refused'";
    let db = commune.database.writer();
    db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let told = misfits(&commune, MAU, &application).await;
    assert!(told.iter().all(|(_, code)| code == "file_refused") && told.len() == 2, "{told:?}");
}

#[tokio::test]
async fn only_a_competent_unit_receives() {
    let commune = Commune::open().await;
    let mut application = commune.trial(3);
    commune.attach(MAU, &mut application).await;
    only(&commune, MAU, &application, "/unit", "unit_not_competent").await;
    let mut unknown = good(&commune).await;
    unknown["unit"] = body!("0194f3c0-0000-7000-8000-00000000000a");
    problem(commune.hand_in(MAU, &unknown).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_channel_that_is_not_offered_is_told() {
    let commune = Commune::open().await;
    let mut application = commune.trial(1);
    application["channel"] = body!("desk");
    only(&commune, crate::support::commune::DESK, &application, "/channel", "channel_not_offered").await;
}

#[tokio::test]
async fn an_unknown_procedure_is_told() {
    let commune = Commune::open().await;
    let mut application = commune.birth();
    application["procedure"] = body!("7.777777");
    problem(commune.hand_in(MAU, &application).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_member_nobody_knows_is_told_with_its_place() {
    let commune = Commune::open().await;
    for (change, pointer) in [
        (body!({"fee": 0}), "/fee"),
        (body!({"channel": "fax"}), "/channel"),
        (body!({"unit": "phường"}), "/unit"),
        (body!({"quantity": -1}), "/quantity"),
        (body!({"papers": [{"component": "KS-01", "trusted": true}]}), "/papers/0/trusted"),
    ] {
        let mut application = commune.birth();
        application.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let told = problem(commune.hand_in(MAU, &application).await, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["pointer"], pointer, "{told}");
    }
}

#[tokio::test]
async fn the_number_of_pages_is_within_reason() {
    let commune = Commune::open().await;
    for quantity in [0_u32, 100_001, u32::MAX] {
        let mut application = good(&commune).await;
        application["quantity"] = body!(quantity);
        only(&commune, MAU, &application, "/quantity", "quantity_out_of_range").await;
    }
}

#[tokio::test]
async fn what_is_longer_than_its_place_is_told() {
    let commune = Commune::open().await;
    let long = |length| body!("a".repeat(length));
    let mut application = good(&commune).await;
    application["applicant"]["name"] = long(201);
    only(&commune, MAU, &application, "/applicant/name", "too_long").await;
    application["applicant"]["name"] = body!("Nguyễn\u{0}Thị Mẫu");
    only(&commune, MAU, &application, "/applicant/name", "text_invalid").await;
    application["applicant"]["name"] = long(200);
    json(commune.hand_in(MAU, &application).await, 201).await;
}

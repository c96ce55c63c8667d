//! A link lets somebody without an account fetch one result for a while, and every fetching is noted.

use super::scene::{address, filed, forged, granted, handed_over, let_out, results, revoke};
use crate::support::commune::{Commune, DESK, HEAD, INSPECTOR, MAU, text};
use crate::support::house::{json as told, problem};
use chrono::TimeDelta;
use entities::tables::document_uses;
use reqwest::{Method, Response};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

fn bank() -> Value {
    json!({"minutes": 30, "purpose": "Nộp cho ngân hàng"})
}

async fn linked(commune: &Commune, who: &str, result: &Value) -> Value {
    told(commune.post(who, &address(result, "/links"), &bank()).await, 201).await
}

async fn fetched(commune: &Commune, link: &Value) -> Response {
    let (_, path) = text(link, "address").split_at(text(link, "address").find("/v1/").unwrap());
    commune.ask(Method::GET, path).send().await.unwrap()
}

#[tokio::test]
async fn a_link_needs_no_token_and_is_counted_until_it_ends() {
    let commune = Commune::open().await;
    let (dossier, result) = handed_over(&commune).await;
    let_out(&commune, &result).await;
    filed(&commune, &dossier).await;
    let link = linked(&commune, MAU, &result).await;

    let got = fetched(&commune, &link).await;
    let again = fetched(&commune, &link).await;

    assert_eq!((got.status().as_u16(), again.status().as_u16()), (200, 200));
    assert!(got.bytes().await.unwrap().starts_with(b"%PDF"));
    let listed = commune.read(DESK, &address(&result, "/links")).await["items"][0].clone();
    assert_eq!((&listed["fetched"], &listed["address"]), (&json!(2), &Value::Null), "{listed}");
    assert_eq!(
        (text(&listed, "purpose"), text(&listed, "made_name")),
        ("Nộp cho ngân hàng", "Nguyễn Thị Mẫu")
    );
    let uses = document_uses::Entity::find().all(commune.database.reader()).await.unwrap();
    let read: Vec<_> = uses.iter().filter(|one| one.kind == "read").collect();
    assert_eq!(read.len(), 2, "{uses:?}");
    assert!(read[0].purpose.contains("Nộp cho ngân hàng"), "{}", read[0].purpose);
    commune.pass(TimeDelta::minutes(31));
    let ended = problem(fetched(&commune, &link).await, 410, "link_ended").await;
    assert!(text(&ended, "title").contains("hết hạn"), "{ended}");
}

#[tokio::test]
async fn a_part_of_a_result_is_not_fetched_uncounted() {
    let commune = Commune::open().await;
    let (_, result) = handed_over(&commune).await;
    let_out(&commune, &result).await;
    let link = linked(&commune, MAU, &result).await;
    let (_, path) = text(&link, "address").split_at(text(&link, "address").find("/v1/").unwrap());

    let got = commune.ask(Method::GET, path).header("range", "bytes=1-").send().await.unwrap();

    assert_eq!((got.status().as_u16(), got.headers()["accept-ranges"].to_str().unwrap()), (200, "none"));
    let listed = commune.read(DESK, &address(&result, "/links")).await["items"][0].clone();
    assert_eq!(listed["fetched"], 1);
}

#[tokio::test]
async fn a_link_opens_nothing_but_its_own_result() {
    let commune = Commune::open().await;
    let (_, result) = handed_over(&commune).await;
    let (one, other) = (linked(&commune, MAU, &result).await, linked(&commune, HEAD, &result).await);
    let (one, file) = (text(&one, "address"), text(&result, "file"));
    let path = &one[one.find("/v1/").unwrap()..];
    let signed = path.split_once('?').unwrap().1;

    for wrong in [
        format!("/v1/result-links/{}?{signed}", text(&other, "id")),
        format!("/v1/files/{file}/shared?{signed}"),
        path.replace("expires=1", "expires=2"),
    ] {
        problem(commune.ask(Method::GET, &wrong).send().await.unwrap(), 403, "link_invalid").await;
    }
}

#[tokio::test]
async fn a_link_ends_with_its_result() {
    let commune = Commune::open().await;
    let (_, result) = handed_over(&commune).await;
    let_out(&commune, &result).await;
    let link = linked(&commune, MAU, &result).await;
    let after = told(revoke(&commune, HEAD, &result, &forged()).await, 201).await;

    let ended = problem(fetched(&commune, &link).await, 410, "link_ended").await;
    let refused = commune.post(MAU, &address(&after, "/links"), &bank()).await;

    assert!(text(&ended, "detail").contains("thu hồi"), "{ended}");
    let refused = problem(refused, 409, "act_refused").await;
    assert_eq!(refused["blocked_by"][0]["code"], "result_ended", "{refused}");
}

#[tokio::test]
async fn who_may_not_read_the_file_makes_no_link() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let result = results(&commune, HEAD, &dossier).await.remove(0);

    let overseer = commune.post(INSPECTOR, &address(&result, "/links"), &bank()).await;

    let overseer = problem(overseer, 409, "act_refused").await;
    assert_eq!(overseer["blocked_by"][0]["code"], "result_not_readable", "{overseer}");
    for (minutes, purpose) in [(0, "Ngân hàng"), (10_081, "Ngân hàng"), (10, " ")] {
        let body = json!({"minutes": minutes, "purpose": purpose});
        problem(commune.post(MAU, &address(&result, "/links"), &body).await, 422, "body_invalid").await;
    }
}

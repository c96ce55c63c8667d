//! Alive, ready, described, and stopped without losing anybody.

use super::door::{Door, parts, problem, settings};
use crate::support::clock;
use crate::support::database::TestDatabase;
use actix_web::web;
use api::Office;
use reqwest::Method;
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;

#[tokio::test]
async fn a_ready_office_says_so_part_by_part() {
    let door = Door::open().await;
    let answer = door.get("/readyz").await;
    assert_eq!(answer.status(), 200);
    let told: Value = answer.json().await.unwrap();
    let parts: Vec<&str> =
        told["parts"].as_array().unwrap().iter().map(|p| p["part"].as_str().unwrap()).collect();
    assert_eq!(parts, ["database", "migrations", "files", "redis"]);
}

#[tokio::test]
async fn an_office_without_its_database_says_why_it_is_not_ready() {
    let door = Door::open().await;
    door.office.db.close().await.unwrap();
    let answer = door.get("/readyz").await;
    assert_eq!(answer.status(), 503);
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["parts"][0]["reason"], "the database does not answer");
    assert_eq!(door.get("/livez").await.status(), 200);
}

#[tokio::test]
async fn an_office_without_redis_is_ready_and_says_so() {
    let database = TestDatabase::fresh().await;
    let gone = redis::Client::open("redis://127.0.0.1:1").unwrap();
    let parts = api::Parts { redis: Some(gone), ..parts(&database, &clock::standing()) };
    let door = Door::serve(Office::open(settings(), parts, None).unwrap(), database);

    let answer = door.get("/readyz").await;

    assert_eq!(answer.status(), 200);
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["parts"][3]["reason"], "Redis does not answer; jobs are found by polling");
}

#[tokio::test]
async fn the_document_describes_every_operation_with_an_example_and_its_problems() {
    let door = Door::open().await;
    let document: Value = door.get("/openapi.json").await.json().await.unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let (mut ids, mut bare) = (Vec::new(), Vec::new());
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let text = operation.to_string();
            if !text.contains("\"example\"") {
                bare.push(format!("{method} {path}"));
            }
            assert!(operation["responses"]["500"]["content"]["application/problem+json"].is_object());
            assert!(operation["summary"].is_string(), "{method} {path} has no summary");
            ids.push(operation["operationId"].clone());
        }
    }
    assert!(bare.is_empty(), "without an example: {bare:#?}");
    let count = ids.len();
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    assert_eq!(ids.len(), count, "operation ids repeat");
}

#[tokio::test]
async fn the_page_to_try_it_is_served_from_here() {
    let door = Door::open().await;
    let page = door.get("/docs").await;
    assert_eq!(page.status(), 200);
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("'self'"));
    assert!(page.text().await.unwrap().to_lowercase().contains("swagger"));
}

#[tokio::test]
async fn metrics_are_there_when_a_recorder_is() {
    let door = Door::open().await;
    problem(door.get("/metrics").await, 404, "route_unknown").await;
    let database = TestDatabase::fresh().await;
    let mut parts = parts(&database, &clock::standing());
    parts.metrics = Some(Arc::new(|| "http_requests_total 1".into()));
    let door = Door::serve(Office::open(settings(), parts, None).unwrap(), database);
    let answer = door.get("/metrics").await;
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    assert_eq!(answer.text().await.unwrap(), "http_requests_total 1");
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_can_read_it() {
    let door = Door::open().await;
    let answer =
        door.ask(Method::GET, "/openapi.json").header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
}

#[tokio::test]
async fn a_server_told_to_stop_stops() {
    let database = TestDatabase::fresh().await;
    let office = Office::open(settings(), parts(&database, &clock::standing()), None).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/livez", listener.local_addr().unwrap());
    let stop = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&stop);
    let server =
        tokio::spawn(api::serve(
            vec![listener],
            web::Data::new(office),
            async move { told.notified().await },
        ));
    let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
    assert_eq!(client.get(&url).send().await.unwrap().status(), 200);

    stop.notify_one();

    server.await.unwrap().unwrap();
    assert!(client.get(&url).send().await.is_err());
}

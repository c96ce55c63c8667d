//! An effect happens once for one key.

use super::door::{Door, problem};
use futures::future::join_all;
use reqwest::{Method, Response};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

#[tokio::test]
async fn a_key_is_required_and_visible_ascii() {
    let door = Door::open().await;
    let post = || door.as_citizen(Method::POST, "/probe/effect").json(&json!({}));
    problem(post().send().await.unwrap(), 400, "idempotency_key_missing").await;
    for bad in ["", "hai từ", "a b", &"k".repeat(256)] {
        let answer = post().header("idempotency-key", bad.as_bytes()).send().await.unwrap();
        problem(answer, 400, "idempotency_key_invalid").await;
    }
    assert_eq!(post().header("idempotency-key", "k".repeat(255)).send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn a_repeated_request_hears_the_first_answer() {
    let door = Door::open().await;
    let first = act(&door, "one", json!({"a": 1, "b": 2})).await;
    assert_eq!(first.status(), 201);
    assert!(!first.headers().contains_key("idempotency-replayed"));
    let (location, etag) = (first.headers()["location"].clone(), first.headers()["etag"].clone());
    let first: Value = first.json().await.unwrap();

    let again = act(&door, "one", json!({"b": 2, "a": 1})).await;

    assert_eq!(again.status(), 201);
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!((&again.headers()["location"], &again.headers()["etag"]), (&location, &etag));
    assert_eq!(again.json::<Value>().await.unwrap(), first);
    assert_eq!(effects(&door).await, 1);
}

#[tokio::test]
async fn a_key_used_for_another_request_is_refused() {
    let door = Door::open().await;
    act(&door, "one", json!({"a": 1})).await;
    problem(act(&door, "one", json!({"a": 2})).await, 422, "idempotency_key_reused").await;
    assert_eq!(effects(&door).await, 1);
}

#[tokio::test]
async fn two_people_may_choose_the_same_key() {
    let door = Door::open().await;
    act(&door, "one", json!({})).await;
    let other = door.ask(Method::POST, "/probe/effect").bearer_auth(door.token("tran-thi-binh"));
    let answer = other.header("idempotency-key", "one").json(&json!({})).send().await.unwrap();
    assert!(!answer.headers().contains_key("idempotency-replayed"));
    assert_eq!(effects(&door).await, 2);
}

#[tokio::test]
async fn a_failed_effect_leaves_nothing_and_frees_the_key() {
    let door = Door::open().await;
    problem(act(&door, "one", json!({"fail": true})).await, 403, "forbidden").await;
    assert_eq!(effects(&door).await, 0);
    assert_eq!(act(&door, "one", json!({"fail": false})).await.status(), 201);
}

#[tokio::test]
async fn of_many_at_once_one_is_done_and_all_hear_it() {
    let door = Door::open().await;
    let answers = join_all((0..16).map(|_| act(&door, "one", json!({"a": 1})))).await;
    let mut bodies = Vec::new();
    for answer in answers {
        assert_eq!(answer.status(), 201);
        bodies.push(answer.json::<Value>().await.unwrap());
    }
    assert!(bodies.iter().all(|b| *b == bodies[0]));
    assert_eq!(effects(&door).await, 1);
}

#[tokio::test]
async fn kept_answers_are_sealed() {
    let door = Door::open().await;
    let id =
        act(&door, "one", json!({})).await.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned();
    let kept = entities::replays::row::Entity::find().one(door.office.db.reader()).await.unwrap().unwrap();
    assert!(kept.body.starts_with("s2.") && !kept.body.contains(&id));
}

async fn act(door: &Door, key: &str, body: Value) -> Response {
    let request = door.as_citizen(Method::POST, "/probe/effect").header("idempotency-key", key);
    request.json(&body).send().await.unwrap()
}

async fn effects(door: &Door) -> u64 {
    entities::people::row::Entity::find().count(door.office.db.reader()).await.unwrap()
}

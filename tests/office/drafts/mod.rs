//! Drafts: of their writer alone, versioned, without a code.

use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, THU, key, text};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json as body};

fn draft(note: &str) -> Value {
    body!({"procedure": "1.001193", "application": {"form": {"note": note}, "anything": [1, null]}})
}

async fn begun(commune: &Commune) -> (Value, String) {
    let answer = commune.post(MAU, "/v1/drafts", &draft("một")).await;
    assert_eq!(answer.headers()["etag"], "\"1\"");
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    (json(answer, 201).await, location)
}

async fn saved(commune: &Commune, who: &str, path: &str, tag: &str, note: &str) -> Response {
    let request = commune.ask_as(who, Method::PUT, path).header("if-match", tag).json(&draft(note));
    request.send().await.unwrap()
}

async fn removed(commune: &Commune, who: &str, path: &str, tag: &str) -> Response {
    commune.ask_as(who, Method::DELETE, path).header("if-match", tag).send().await.unwrap()
}

#[tokio::test]
async fn c_14_a_draft_is_kept_as_it_was_written() {
    let commune = Commune::open().await;
    let (begun, path) = begun(&commune).await;
    assert_eq!(path, format!("/v1/drafts/{}", text(&begun, "id")));
    assert_eq!(begun["application"], draft("một")["application"]);
    assert_eq!(commune.read(MAU, &path).await, begun);
    assert_eq!(commune.read(MAU, "/v1/drafts").await["items"], body!([begun]));
    assert_eq!(commune.read(MAU, "/v1/dossiers").await["items"], body!([]), "a draft is no dossier");
}

#[tokio::test]
async fn a_draft_is_its_writers_alone() {
    let commune = Commune::open().await;
    let (_, path) = begun(&commune).await;
    for who in [THU, DESK, INSPECTOR] {
        problem(commune.get(who, &path).await, 404, "not_found").await;
        problem(saved(&commune, who, &path, "\"1\"", "hai").await, 404, "not_found").await;
        problem(removed(&commune, who, &path, "\"1\"").await, 404, "not_found").await;
        assert_eq!(commune.read(who, "/v1/drafts").await["items"], body!([]));
    }
    assert_eq!(commune.read(MAU, &path).await["version"], 1);
}

#[tokio::test]
async fn who_saves_must_have_seen_the_last_version() {
    let commune = Commune::open().await;
    let (_, path) = begun(&commune).await;
    let second = saved(&commune, MAU, &path, "\"1\"", "hai").await;
    assert_eq!(second.headers()["etag"], "\"2\"");
    assert_eq!(json(second, 200).await["application"]["form"]["note"], "hai");
    problem(saved(&commune, MAU, &path, "\"1\"", "ba").await, 412, "stale").await;
    let blind = commune.ask_as(MAU, Method::PUT, &path).json(&draft("ba")).send().await.unwrap();
    problem(blind, 428, "precondition_required").await;
    problem(saved(&commune, MAU, &path, "*", "ba").await, 428, "precondition_required").await;
    let now = commune.get(MAU, &path).await;
    assert_eq!(json(now, 200).await["application"]["form"]["note"], "hai");
    let known =
        commune.ask_as(MAU, Method::GET, &path).header("if-none-match", "\"2\"").send().await.unwrap();
    assert_eq!(known.status(), 304);
}

#[tokio::test]
async fn a_draft_thrown_away_is_gone() {
    let commune = Commune::open().await;
    let (_, path) = begun(&commune).await;
    assert_eq!(removed(&commune, MAU, &path, "\"1\"").await.status(), 204);
    problem(removed(&commune, MAU, &path, "\"1\"").await, 404, "not_found").await;
    problem(commune.get(MAU, &path).await, 404, "not_found").await;
    problem(saved(&commune, MAU, &path, "\"1\"", "hai").await, 404, "not_found").await;
}

#[tokio::test]
async fn who_throws_a_draft_away_must_have_seen_its_last_version() {
    let commune = Commune::open().await;
    let (_, path) = begun(&commune).await;
    json(saved(&commune, MAU, &path, "\"1\"", "hai").await, 200).await;

    problem(removed(&commune, MAU, &path, "\"1\"").await, 412, "stale").await;
    problem(removed(&commune, MAU, &path, "*").await, 428, "precondition_required").await;
    let blind = commune.ask_as(MAU, Method::DELETE, &path).send().await.unwrap();
    problem(blind, 428, "precondition_required").await;

    assert_eq!(commune.read(MAU, &path).await["application"]["form"]["note"], "hai");
    assert_eq!(removed(&commune, MAU, &path, "\"2\"").await.status(), 204);
}

#[tokio::test]
async fn a_draft_begins_once_and_for_a_known_procedure() {
    let commune = Commune::open().await;
    let ask = || {
        let request = commune.ask_as(MAU, Method::POST, "/v1/drafts").header("idempotency-key", "nhap");
        request.json(&draft("một")).send()
    };
    assert_eq!(json(ask().await.unwrap(), 201).await, json(ask().await.unwrap(), 201).await);
    let blind = commune.ask_as(MAU, Method::POST, "/v1/drafts").json(&draft("một")).send().await.unwrap();
    problem(blind, 400, "idempotency_key_missing").await;
    let unknown = body!({"procedure": "7.777777", "application": {}});
    problem(commune.post(MAU, "/v1/drafts", &unknown).await, 404, "not_found").await;
    let wrong = body!({"procedure": "1.001193", "application": []});
    problem(commune.post(MAU, "/v1/drafts", &wrong).await, 422, "body_invalid").await;
    let nobody = commune.ask(Method::POST, "/v1/drafts").header("idempotency-key", key()).json(&draft("x"));
    problem(nobody.send().await.unwrap(), 401, "token_missing").await;
}

#[tokio::test]
async fn drafts_are_listed_newest_first_page_by_page() {
    let commune = Commune::open().await;
    for n in 0..5 {
        json(commune.post(MAU, "/v1/drafts", &draft(&n.to_string())).await, 201).await;
    }
    let (mut path, mut seen) = ("/v1/drafts?limit=2".to_owned(), Vec::new());
    loop {
        let page = commune.read(MAU, &path).await;
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|d| d["application"]["form"]["note"].clone()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/drafts?limit=2&after={next}");
    }
    assert_eq!(body!(seen), body!(["4", "3", "2", "1", "0"]));
}

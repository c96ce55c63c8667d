//! What a request may bring: more than that is refused with a code of its own, and the office goes on.

use super::door::{Door, problem};
use crate::support::evidence;
use reqwest::{Method, RequestBuilder};
use serde_json::json;

#[tokio::test]
async fn a_head_with_too_many_fields_or_bytes_is_refused() {
    let door = Door::open().await;
    let ask = |path: &str| door.ask(Method::GET, path);
    let many = |n: usize| (0..n).fold(ask("/livez"), |request, n| request.header(format!("x-{n}"), "1"));

    assert_eq!(many(50).send().await.unwrap().status(), 200);
    problem(many(80).send().await.unwrap(), 431, "head_too_large").await;
    assert_eq!(ask("/livez").header("x-a", "a".repeat(10_000)).send().await.unwrap().status(), 200);
    problem(ask("/livez").header("x-a", "a".repeat(20_000)).send().await.unwrap(), 431, "head_too_large")
        .await;
    let address = format!("/livez?{}", "a".repeat(20_000));
    problem(ask(&address).send().await.unwrap(), 431, "head_too_large").await;
    // The server cuts such a line off, maybe before its answer is read.
    if let Ok(beyond_reading) = many(120).send().await {
        assert_eq!(beyond_reading.status(), 431);
    }
    let fresh = reqwest::Client::new().get(format!("{}/livez", door.url));
    assert_eq!(fresh.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn json_is_read_to_a_depth_and_no_deeper() {
    let door = Door::open().await;
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let post = async |body: String| json_to(&door, "/probe/body").body(body).send().await.unwrap();

    problem(post(nested(32)).await, 422, "body_invalid").await;
    let objects = format!("{}1{}", r#"{"a":"#.repeat(40), "}".repeat(40));
    for deep in [nested(33), nested(120), nested(5_000), "[".repeat(30_000), objects] {
        problem(post(deep).await, 400, "json_too_deep").await;
    }
    let text = format!(r#"{{"name": "{}", "parts": []}}"#, "[".repeat(500));
    assert_eq!(post(text).await.status(), 200, "brackets in a text are text");
}

#[tokio::test]
async fn every_form_and_body_has_a_limit_whatever_its_head_says() {
    let door = Door::open().await;
    let large = "x".repeat(70_000);

    let form = door.ask(Method::POST, "/v1/lookups/page").body(format!("code={large}&secret=A"));
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    problem(form.send().await.unwrap(), 413, "body_too_large").await;
    let json = json_to(&door, "/v1/lookups").body(json!({"code": large, "secret": "A"}).to_string());
    problem(json.send().await.unwrap(), 413, "body_too_large").await;
    for (kind, path) in [("text/plain", "/v1/lookups"), ("application/json", "/v1/lookups/page")] {
        let request = door.ask(Method::POST, path).header("content-type", kind).body("code=1&secret=2");
        problem(request.send().await.unwrap(), 415, "media_type_unsupported").await;
    }
}

#[tokio::test]
async fn every_operation_that_takes_json_refuses_another_type_a_deep_one_and_an_unknown_member() {
    let door = Door::open().await;
    let mut asked = 0;
    for (path, item) in api::openapi::document().paths.paths {
        for method in api::openapi::methods_of(&item) {
            if matches!(method.as_str(), "GET" | "HEAD" | "DELETE") || path.starts_with("/v1/callbacks/") {
                continue;
            }
            let place = super::door::filled(&path);
            let name = Method::from_bytes(method.as_bytes()).unwrap();
            let request = || {
                let token = door.token("le-thi-cuc");
                let request = door.ask(name.clone(), &place).bearer_auth(token);
                request.header("idempotency-key", "k").header("if-match", "\"1\"")
            };
            for (kind, body) in [
                ("text/plain", "{}".to_owned()),
                ("application/json", "[".repeat(2_000)),
                ("application/json", r#"{"no_such_member": 1}"#.to_owned()),
                ("application/json", "x".repeat(70_000)),
            ] {
                let answer = request().header("content-type", kind).body(body).send().await.unwrap();
                let status = answer.status().as_u16();
                assert!((400..500).contains(&status), "{method} {path} answered {status} to {kind}");
                assert_eq!(answer.headers()["content-type"], "application/problem+json", "{method} {path}");
                asked += 1;
            }
        }
    }
    assert!(asked > 300, "{asked}");
    evidence::keep("intake", &[("bodies_refused", asked), ("bodies_taken", 0)]);
}

fn json_to(door: &Door, path: &str) -> RequestBuilder {
    door.ask(Method::POST, path).header("content-type", "application/json")
}

//! What every answer of every address tells browsers, whatever became of the request.

use super::door::{Door, filled};
use crate::support::evidence;
use reqwest::{Method, Response};

/// Told on every answer, word for word.
const SAME: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
];

#[tokio::test]
async fn every_answer_of_every_address_is_safe_in_a_browser() {
    let door = Door::open_with(|settings| settings.public_url = "https://motcua.test".into()).await;
    let mut answers = 0;
    for (path, item) in api::openapi::document().paths.paths {
        for method in api::openapi::methods_of(&item) {
            let (name, place) = (Method::from_bytes(method.as_bytes()).unwrap(), filled(&path));
            let public = api::routes::PUBLIC.contains(&(method.as_str(), path.as_str()));
            let ask =
                || door.ask(name.clone(), &place).header("idempotency-key", "k").header("if-match", "\"1\"");
            let officer = || ask().bearer_auth(door.token("le-thi-cuc"));
            let page = officer().header("accept", "text/html");
            let strange = officer().header("content-type", "application/json").body("{\"strange\": 1}");
            for request in [ask(), ask().bearer_auth("made up"), officer(), page, strange] {
                let answer = request.send().await.unwrap();
                safe(&answer, &format!("{method} {path} {}", answer.status()), !public);
                answers += 1;
            }
        }
    }
    let headers = answers * u64::try_from(SAME.len() + 3).unwrap();
    evidence::keep("headers", &[("answers", answers), ("headers_checked", headers), ("headers_missing", 0)]);
}

#[tokio::test]
async fn answers_that_no_operation_gives_are_as_safe() {
    let door = Door::open_with(|settings| {
        settings.public_url = "https://motcua.test".into();
        settings.cors_origins = vec!["https://cong.test".into()];
        settings.limits.writes_per_minute = 1;
    })
    .await;
    let large = door.ask(Method::POST, "/probe/body").header("content-type", "application/json");
    let preflight = door.ask(Method::OPTIONS, "/v1/uploads").header("origin", "https://cong.test");
    let all = [
        (404, door.ask(Method::GET, "/v1/nothing-here")),
        (405, door.ask(Method::DELETE, "/v1/units").header("x-n", "1")),
        (429, door.ask(Method::DELETE, "/v1/units")),
        (429, large),
        (500, door.ask(Method::GET, "/probe/panic")),
        (500, door.ask(Method::GET, "/probe/damage")),
        (431, door.ask(Method::GET, "/livez").header("x-a", "a".repeat(20_000))),
        (204, preflight.header("access-control-request-method", "POST")),
        (400, door.ask(Method::GET, "/probe/numbers?limit=many")),
    ];
    for (status, request) in all {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{}", answer.url());
        safe(&answer, &format!("{} {status}", answer.url()), true);
    }
    let docs = door.get("/docs/").await;
    let policy = docs.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'self'"), "{policy}");
}

#[tokio::test]
async fn an_office_without_tls_does_not_ask_for_it() {
    let door = Door::open().await;

    assert!(!door.get("/livez").await.headers().contains_key("strict-transport-security"));
}

fn safe(answer: &Response, what: &str, personal: bool) {
    let said = |name: &str| match answer.headers().get(name) {
        Some(value) => value.to_str().unwrap().to_owned(),
        None => panic!("{what} says no {name}"),
    };
    for (name, value) in SAME {
        assert_eq!(said(name), value, "{what}: {name}");
    }
    let policy = said("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none';") && policy.ends_with("frame-ancestors 'none'"),
        "{what}: {policy}"
    );
    assert!(!policy.contains("script"), "{what}: {policy}");
    assert!(said("permissions-policy").contains("geolocation=()"), "{what}");
    let kept = said("cache-control");
    assert!(
        kept.contains("no-store") || (!personal && kept.starts_with("public, max-age=")),
        "{what}: {kept}"
    );
    assert!(!kept.contains("public") || answer.status() == 200, "{what}: a refusal is kept: {kept}");
}

//! Pages of other origins: those that the settings name, letter by letter, and no other.

use super::door::{Door, parts, settings};
use crate::support::clock;
use crate::support::database::TestDatabase;
use api::Office;
use reqwest::{Method, Response};

const OURS: &str = "https://cong.test";

#[tokio::test]
async fn only_the_named_origins_may_read_and_ask() {
    let door =
        Door::open_with(|settings| settings.cors_origins = vec![OURS.into(), "https://app.test:8443".into()])
            .await;
    for (origin, admitted) in [
        (OURS, true),
        ("https://app.test:8443", true),
        ("https://app.test", false),
        ("https://cong.test:443", false),
        ("https://cong.test/", false),
        ("HTTPS://cong.test", false),
        ("http://cong.test", false),
        ("https://cong.test.evil.test", false),
        ("https://evilcong.test", false),
        ("https://a.cong.test", false),
        ("https://cong.test, https://evil.test", false),
        ("null", false),
        ("*", false),
        ("", false),
    ] {
        let read = door.ask(Method::GET, "/livez").header("origin", origin).send().await.unwrap();
        let asked = preflight(&door, origin, "/v1/uploads", "POST").await;
        let failed = door.ask(Method::GET, "/v1/nothing").header("origin", origin).send().await.unwrap();
        for (what, answer) in [("read", &read), ("asked", &asked), ("failed", &failed)] {
            let told = admitted.then(|| origin.to_owned());
            assert_eq!(field(answer, "access-control-allow-origin"), told, "{what} {origin}");
            assert!(!answer.headers().contains_key("access-control-allow-credentials"), "{what} {origin}");
            let varies =
                answer.headers().get_all("vary").iter().any(|v| v.to_str().unwrap().contains("origin"));
            assert!(varies, "{what} {origin}: a cache would give one origin's answer to another");
        }
        assert_eq!(asked.status() == 204, admitted, "{origin}");
        let methods = field(&asked, "access-control-allow-methods");
        assert_eq!(methods.is_some_and(|all| all.contains("PATCH")), admitted, "{origin}");
    }
    let nobody = door.get("/livez").await;
    assert!(nobody.headers().get_all("vary").iter().any(|v| v == "origin"));
}

#[tokio::test]
async fn two_origins_on_one_request_are_none() {
    let door = Door::open_with(|settings| settings.cors_origins = vec![OURS.into()]).await;

    let request =
        door.ask(Method::GET, "/livez").header("origin", OURS).header("origin", "https://evil.test");

    assert_eq!(field(&request.send().await.unwrap(), "access-control-allow-origin"), None);
}

#[tokio::test]
async fn a_preflight_tells_every_header_that_an_operation_reads() {
    let door = Door::open_with(|settings| settings.cors_origins = vec![OURS.into()]).await;
    let answer = preflight(&door, OURS, "/v1/dossiers", "POST").await;
    let allowed = field(&answer, "access-control-allow-headers").unwrap();
    let document = serde_json::to_value(api::openapi::document()).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let parameters = operations.filter_map(|operation| operation["parameters"].as_array()).flatten();
    let headers = parameters.filter(|parameter| parameter["in"] == "header");

    let missing: Vec<&str> = headers
        .map(|header| header["name"].as_str().unwrap())
        .filter(|name| !allowed.contains(&name.to_ascii_lowercase()))
        .collect();

    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn an_office_that_names_no_origin_lets_no_page_ask() {
    let door = Door::open().await;

    let answer = preflight(&door, OURS, "/v1/uploads", "POST").await;

    assert_ne!(answer.status(), 204);
    assert!(answer.headers().keys().all(|name| !name.as_str().starts_with("access-control")));
}

#[tokio::test]
async fn origins_that_are_none_are_refused_at_the_start() {
    let (database, clock) = (TestDatabase::fresh().await, clock::standing());
    for strange in [
        "*",
        "null",
        "https://*.test",
        "cong.test",
        "https://cong.test/",
        "https://cong.test/a",
        "https://CONG.test",
        "https://cong.test:443",
        "https://an@cong.test",
        "file:///",
        "",
    ] {
        let mut settings = settings();
        settings.demo = false;
        settings.cors_origins = vec![OURS.into(), strange.into()];
        let refused = Office::open(settings, parts(&database, &clock), None).err();
        assert!(refused.is_some_and(|why| why.to_string().contains("cors_origins")), "{strange}");
    }
}

async fn preflight(door: &Door, origin: &str, path: &str, method: &str) -> Response {
    let request = door.ask(Method::OPTIONS, path).header("origin", origin);
    request.header("access-control-request-method", method).send().await.unwrap()
}

fn field(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

//! Every failure is a problem document with a stable code, in the reader's language.

use super::door::{Door, filled, problem};
use api::problems::{Code, page};
use reqwest::Method;
use rules::lang::Lang;

#[tokio::test]
async fn every_code_is_told_in_both_languages() {
    let door = Door::open().await;
    for code in Code::ALL {
        let entry = code.entry();
        for (asked, lang) in [("vi", Lang::Vi), ("en-GB,en;q=0.8", Lang::En)] {
            let request = door.ask(Method::GET, &format!("/probe/problem/{}", entry.code));
            let answer = request.header("accept-language", asked).send().await.unwrap();
            assert_eq!(answer.headers()["content-language"], lang.pick("vi", "en"));
            let document = problem(answer, entry.status, entry.code).await;
            assert_eq!(document["title"], entry.title(lang));
            assert_eq!(document["detail"], entry.advice(lang));
            assert_eq!(document["instance"], format!("/probe/problem/{}", entry.code));
            assert_eq!(document["trace_id"].as_str().unwrap().len(), 32);
        }
    }
}

#[tokio::test]
async fn a_kind_of_problem_can_be_looked_up() {
    let door = Door::open().await;
    let kind: serde_json::Value = door.get("/problems/stale").await.json().await.unwrap();
    assert_eq!(kind["status"], 412);
    problem(door.get("/problems/made_up").await, 404, "not_found").await;
}

#[test]
fn the_page_of_errors_is_the_printed_one() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors.md")).unwrap();
    assert_eq!(page, page::printed(), "print it again with `make docs`");
}

#[tokio::test]
async fn an_address_that_is_not_there_differs_from_a_method_that_is_not_taken() {
    let door = Door::open().await;
    problem(door.get("/v1/nothing-here").await, 404, "route_unknown").await;
    let answer = door.ask(Method::DELETE, "/v1/uploads").send().await.unwrap();
    assert_eq!(answer.headers()["allow"], "POST");
    problem(answer, 405, "method_not_allowed").await;
    let answer =
        door.ask(Method::POST, "/v1/files/019a0000-0000-7000-8000-000000000002").send().await.unwrap();
    assert_eq!(answer.headers()["allow"], "GET");
}

#[tokio::test]
async fn a_refusal_says_what_blocks_and_what_is_allowed() {
    let door = Door::open().await;
    let answer =
        door.ask(Method::GET, "/probe/refusal").header("accept-language", "en").send().await.unwrap();
    let document = problem(answer, 409, "act_refused").await;
    assert_eq!(document["blocked_by"][0]["message"], "The fee has not been paid.");
    assert_eq!(document["blocked_by"][0]["legal_basis"], "NĐ 61/2018 Đ17");
    assert_eq!(document["allowed_actions"], serde_json::json!(["ask_payment"]));
}

#[tokio::test]
async fn a_bug_is_answered_without_saying_more_than_it_should() {
    let door = Door::open().await;
    problem(door.get("/probe/panic").await, 500, "internal").await;
    let document = problem(door.get("/probe/damage").await, 500, "internal").await;
    assert!(!document.to_string().contains("secret"));
    assert_eq!(door.get("/livez").await.status(), 200);
}

#[tokio::test]
async fn a_database_that_is_gone_is_a_pause_and_not_a_bug() {
    let door = Door::open().await;
    let token = door.token("nguyen-van-an");
    door.office.db.close().await.unwrap();
    let path = "/v1/files/019a0000-0000-7000-8000-000000000002";
    let answer = door.ask(Method::GET, path).bearer_auth(token).send().await.unwrap();
    assert!(answer.headers().contains_key("retry-after"));
    problem(answer, 503, "temporarily_unavailable").await;
}

#[tokio::test]
async fn each_misfit_of_a_body_is_told_with_its_place() {
    let door = Door::open().await;
    for (body, pointer, code) in [
        (r#"{"name": "a", "parts": [], "colour": 1}"#, "/colour", "unknown_field"),
        (r#"{"name": "a", "parts": [{"pages": 1}, {"pages": "x"}]}"#, "/parts/1/pages", "wrong_type"),
        (r#"{"name": "a", "parts": [{"pages": 1, "ink": 2}]}"#, "/parts/0/ink", "unknown_field"),
        (r#"{"parts": []}"#, "/name", "missing_field"),
        ("", "/name", "missing_field"),
    ] {
        let request = door.ask(Method::POST, "/probe/body").header("content-type", "application/json");
        let document = problem(request.body(body).send().await.unwrap(), 422, "body_invalid").await;
        let error = &document["errors"][0];
        assert_eq!(
            (error["pointer"].as_str(), error["code"].as_str()),
            (Some(pointer), Some(code)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_body_must_be_json_and_no_larger_than_the_limit() {
    let door = Door::open().await;
    let post = |kind: &str, body: String| {
        door.ask(Method::POST, "/probe/body").header("content-type", kind).body(body).send()
    };
    problem(post("application/json", "{".into()).await.unwrap(), 400, "json_malformed").await;
    problem(post("text/plain", "{}".into()).await.unwrap(), 415, "media_type_unsupported").await;
    let large = format!("\"{}\"", "x".repeat(70_000));
    problem(post("application/json", large).await.unwrap(), 413, "body_too_large").await;
}

#[tokio::test]
async fn a_body_of_a_hundred_megabytes_is_told_to_be_too_large() {
    let door = Door::open().await;
    let body = vec![b'x'; 100 << 20];
    let json =
        door.ask(Method::POST, "/probe/body").header("content-type", "application/json").body(body.clone());
    problem(json.send().await.unwrap(), 413, "body_too_large").await;
    let token = door.as_citizen(Method::POST, "/v1/uploads").header("idempotency-key", "k");
    let head = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7"
        .as_slice();
    let form = token.header("content-type", "multipart/form-data; boundary=b").body([head, &body].concat());
    problem(form.send().await.unwrap(), 413, "file_too_large").await;
    assert_eq!(door.get("/livez").await.status(), 200);
}

#[tokio::test]
async fn ids_and_parameters_of_the_wrong_form_are_told() {
    let door = Door::open().await;
    problem(door.as_citizen(Method::GET, "/v1/files/7").send().await.unwrap(), 400, "path_invalid").await;
    problem(door.get("/probe/numbers?colour=red").await, 400, "query_invalid").await;
    problem(door.get("/probe/numbers?limit=many").await, 400, "query_invalid").await;
}

#[tokio::test]
async fn every_address_but_the_public_ones_asks_who_is_asking() {
    let door = Door::open().await;
    for (path, item) in api::openapi::document().paths.paths {
        let place = filled(&path);
        for method in api::openapi::methods_of(&item) {
            let name = Method::from_bytes(method.as_bytes()).unwrap();
            let request = door.ask(name, &place).header("idempotency-key", "k").header("if-match", "\"1\"");
            let answer = request.send().await.unwrap();
            let public = api::routes::PUBLIC.contains(&(method.as_str(), path.as_str()));
            assert_eq!(answer.status() == 401, !public, "{method} {path} answered {}", answer.status());
        }
    }
}

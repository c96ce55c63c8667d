//! One trace from the caller into the answer; headers that keep a browser safe; pages of other origins.

use super::door::{Door, problem};
use reqwest::Method;

const TOLD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test]
async fn the_callers_trace_goes_on_under_our_own_span() {
    let door = Door::open().await;
    let answer = door.ask(Method::GET, "/probe/refusal").header("traceparent", TOLD).send().await.unwrap();
    let back = answer.headers()["traceparent"].to_str().unwrap().to_owned();
    assert!(back.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-") && back.ends_with("-01"), "{back}");
    assert_ne!(back, TOLD);
    let document = problem(answer, 409, "act_refused").await;
    assert_eq!(document["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

#[tokio::test]
async fn a_trace_that_is_not_one_is_replaced() {
    let door = Door::open().await;
    for told in ["hello", "00-0000-00-01", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"] {
        let answer = door.ask(Method::GET, "/livez").header("traceparent", told).send().await.unwrap();
        let back = answer.headers()["traceparent"].to_str().unwrap().to_owned();
        assert!(back.len() == 55 && !back.contains("4bf92f"), "{back}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let door = Door::open().await;
    for path in ["/livez", "/openapi.json", "/v1/nothing-here", "/probe/panic"] {
        let answer = door.get(path).await;
        for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY")] {
            assert_eq!(answer.headers()[name], value, "{path}");
        }
        assert!(!answer.headers().contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn only_pages_of_named_origins_may_read_the_answers() {
    let door = Door::open_with(|settings| settings.cors_origins = vec!["https://cong.test".into()]).await;
    let from = |origin: &str| door.ask(Method::GET, "/livez").header("origin", origin).send();
    let admitted = from("https://cong.test").await.unwrap();
    assert_eq!(admitted.headers()["access-control-allow-origin"], "https://cong.test");
    for stranger in ["https://cong.test.evil.test", "null", "http://cong.test"] {
        let answer = from(stranger).await.unwrap();
        assert!(!answer.headers().contains_key("access-control-allow-origin"), "{stranger}");
    }
    let preflight = door.ask(Method::OPTIONS, "/v1/uploads").header("origin", "https://cong.test");
    let preflight = preflight.header("access-control-request-method", "POST").send().await.unwrap();
    assert_eq!(preflight.status(), 204);
    assert!(
        preflight.headers()["access-control-allow-headers"].to_str().unwrap().contains("idempotency-key")
    );
}

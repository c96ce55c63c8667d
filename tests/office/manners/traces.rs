//! One trace from the caller into the answer.

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

//! At no door can somebody find out which half of a guess is right: same answer, same time, same budget.

use super::printed;
use crate::results::scene::{handed_over, let_out};
use crate::support::commune::{Commune, MAU, text};
use crate::support::evidence;
use crate::support::house::json as told;
use chrono::TimeDelta;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;
use std::time::{Duration, Instant};

const NOBODY: &str = "019a0000-0000-7000-8000-000000000002";

/// Guesses of each kind whose time is taken.
const GUESSES: usize = 120;

#[tokio::test]
async fn c_16_no_door_tells_which_half_of_a_guess_is_right() {
    let commune = Commune::open().await;
    let (dossier, secret) = printed(&commune).await;
    let (_, result) = handed_over(&commune).await;
    let_out(&commune, &result).await;
    let links = format!("/v1/results/{}/links", text(&result, "id"));
    let link = told(commune.post(MAU, &links, &json!({"minutes": 30, "purpose": "Thử"})).await, 201).await;
    let (id, expires) = (text(&link, "id"), (commune.clock.now() + TimeDelta::minutes(5)).timestamp());
    let (file, code) = (text(&result, "file"), text(&dossier, "code"));
    let signed = |path: &str| format!("{path}?expires={expires}&signature={}", "ab".repeat(32));
    let get = |path: String| commune.ask(Method::GET, &path);
    let look_up = |code: &str, secret: &str| {
        commune.ask(Method::POST, "/v1/lookups").json(&json!({"code": code, "secret": secret}))
    };
    let on_page = |code: &str, secret: &str| {
        let request = commune.ask(Method::POST, "/v1/lookups/page");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(format!("code={code}&secret={secret}"))
    };
    let doors: Vec<(&str, RequestBuilder, RequestBuilder)> = vec![
        ("look-up", look_up(code, "AAAA2222"), look_up("H55.101-260310-9999", &secret)),
        ("page", on_page(code, "AAAA2222"), on_page("H55.101-260310-9999", &secret)),
        (
            "file",
            get(signed(&format!("/v1/files/{file}/shared"))),
            get(signed(&format!("/v1/files/{NOBODY}/shared"))),
        ),
        (
            "link",
            get(signed(&format!("/v1/result-links/{id}"))),
            get(signed(&format!("/v1/result-links/{NOBODY}"))),
        ),
        (
            "unsubscription",
            get(signed(&format!("/v1/notices/{}/unsubscription", text(&dossier, "id")))),
            get(signed(&format!("/v1/notices/{NOBODY}/unsubscription"))),
        ),
    ];
    let count = u64::try_from(doors.len()).unwrap();

    for (door, half, nothing) in doors {
        let (half, nothing) = (half.send().await.unwrap(), nothing.send().await.unwrap());
        assert!(half.status() != 404 || door == "look-up", "{door} answered {}", half.status());
        let ours = ["H55.101-260310-9999", code, id, file, text(&dossier, "id"), NOBODY];
        assert_eq!(plain(half, &ours).await, plain(nothing, &ours).await, "{door}");
    }

    evidence::keep("look_ups", &[("doors", count), ("doors_that_tell", 0)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c_16_a_wrong_secret_takes_as_long_as_an_unknown_code() {
    let commune = Commune::open().await;
    let (dossier, _) = printed(&commune).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..GUESSES {
        // In turn, so that whatever else the machine does falls on both.
        known.push(took(&commune, text(&dossier, "code"), number).await);
        unknown.push(took(&commune, "H55.101-260310-9999", number).await);
    }

    let (known, unknown) = (median(known), median(unknown));

    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.5..2.0).contains(&ratio), "{known:?} and {unknown:?}");
}

async fn took(commune: &Commune, code: &str, number: usize) -> Duration {
    let body = json!({"code": code, "secret": format!("AAAA{number:04}")});
    let began = Instant::now();
    let answer = commune.ask(Method::POST, "/v1/lookups").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 404);
    began.elapsed()
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

/// Everything an answer tells, without what is of this request alone.
async fn plain(answer: Response, ours: &[&str]) -> (u16, Vec<String>, String) {
    let own = ["date", "traceparent"];
    let headers = answer.headers().iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let mut headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.retain(|header| !header.starts_with("content-length"));
    headers.sort();
    let status = answer.status().as_u16();
    let mut body = answer.text().await.unwrap();
    for own in ours {
        body = body.replace(own, "…");
    }
    if let Ok(mut document) = serde_json::from_str::<serde_json::Value>(&body) {
        if let Some(members) = document.as_object_mut() {
            members.remove("trace_id");
        }
        body = document.to_string();
    }
    (status, headers, body)
}

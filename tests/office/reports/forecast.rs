//! What will be late at a commune, as JSON and as a page to print.

use crate::openapi::promise::holds;
use crate::support::commune::{Commune, DESK, HEAD, INSPECTOR, MAU, NEIGHBOUR, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json as body};

/// Two results on 10 March and three dossiers due on the 24th, one more with its applicant; now it is the 23rd, 09:00.
async fn busy() -> (Commune, Vec<Value>) {
    let commune = Commune::open().await;
    for _ in 0..2 {
        let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
        let dossier = commune.brought_to_the_head(&dossier).await;
        commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;
    }
    let mut waiting = Vec::new();
    for _ in 0..4 {
        let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
        waiting.push(commune.done(DESK, &dossier, "acceptance", body!({})).await);
    }
    let asked = waiting.pop().unwrap();
    commune.done(DESK, &asked, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    commune.pass(TimeDelta::days(13));
    (commune, waiting)
}

#[tokio::test]
async fn what_the_pace_does_not_reach_in_time_is_foreseen() {
    let (commune, waiting) = busy().await;

    let told = commune.read(DESK, "/v1/forecast?days=6").await;

    holds("Forecast", &told);
    let unit = &told["units"][0];
    assert_eq!((&unit["pace"]["decided"], &unit["pace"]["days"]), (&body!(2), &body!(9)));
    assert_eq!(
        text(&unit["pace"], "words"),
        "2 kết quả trong 9 ngày làm việc, từ 10/03/2026 đến 20/03/2026: 0,2 mỗi ngày."
    );
    assert_eq!(
        (&unit["queue"], &unit["already_late"], &unit["with_the_applicant"]),
        (&body!(3), &body!(0), &body!(1))
    );
    assert_eq!(unit["days"][1], body!({"date": "2026-03-24", "due": 3, "finished": 0, "late": 3}));
    let expected: Vec<_> = unit["at_risk"].as_array().unwrap().iter().map(|risk| &risk["expected"]).collect();
    assert_eq!(expected, [&body!("2026-03-27"), &Value::Null, &Value::Null]);
    assert_eq!(unit["at_risk"][0]["code"], waiting[0]["code"]);
}

#[tokio::test]
async fn what_is_late_already_is_no_longer_foreseen() {
    let (commune, _) = busy().await;
    commune.pass(TimeDelta::days(2));

    let told = commune.read(DESK, "/v1/forecast").await;

    let unit = &told["units"][0];
    assert_eq!((&unit["already_late"], unit["days"].as_array().unwrap().len()), (&body!(3), 15));
    assert_eq!(unit["at_risk"], body!([]));
}

#[tokio::test]
async fn a_unit_without_results_says_that_its_pace_is_not_known() {
    let commune = Commune::open().await;

    let request = commune.ask_as(DESK, Method::GET, "/v1/forecast").header("accept-language", "en");
    let told = json(request.send().await.unwrap(), 200).await;

    assert_eq!(
        text(&told["units"][0]["pace"], "words"),
        "not known yet: no whole working day with dossiers lies behind."
    );
}

#[tokio::test]
async fn a_forecast_is_for_the_own_units_and_for_those_who_oversee_them() {
    let (commune, _) = busy().await;
    let of_the_unit = format!("/v1/forecast?unit={}", commune.unit);

    let seen = commune.read(INSPECTOR, &of_the_unit).await;
    assert_eq!(seen["units"][0]["queue"], 3);
    assert_eq!(commune.read(NEIGHBOUR, "/v1/forecast").await["units"][0]["queue"], 0, "their own");
    problem(commune.get(INSPECTOR, "/v1/forecast").await, 400, "query_invalid").await;
    for who in [NEIGHBOUR, MAU] {
        problem(commune.get(who, &of_the_unit).await, 403, "forbidden").await;
    }
    problem(commune.get(MAU, "/v1/forecast").await, 403, "forbidden").await;
    problem(commune.get(DESK, "/v1/forecast?day=3").await, 400, "query_invalid").await;
}

#[tokio::test]
async fn a_browser_gets_a_page_to_print_without_names_and_scripts() {
    let (commune, waiting) = busy().await;

    let request = commune.ask_as(DESK, Method::GET, "/v1/forecast").header("accept", "text/html,*/*;q=0.8");
    let answer = request.send().await.unwrap();

    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.headers()["vary"], "accept");
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let page = answer.text().await.unwrap();
    for said in [
        "Ủy ban nhân dân phường Đức Xuân",
        "lập lúc 09:00 ngày 23/03/2026",
        "<td>Thứ Ba, 24/03/2026</td><td>3</td><td>0</td><td>3</td>",
        text(&waiting[2], "code"),
        "17:00 ngày 24/03/2026",
        "0,2 mỗi ngày",
    ] {
        assert!(page.contains(said), "{said} is not on the page:\n{page}");
    }
    assert!(!page.contains("{{") && !page.contains("<script") && !page.contains("Nguyễn Thị Mẫu"), "{page}");
}

//! Drafts of the calendar: begun, corrected, thrown away; adopted versions stay as they are.

use super::desk::{adopt, closed, drafted, stormy};
use crate::openapi::promise;
use crate::support::commune::{CONTROLLER, Commune, DESK, INSPECTOR, key};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn change(commune: &Commune, method: Method, seen: &Value, body: Option<&Value>) -> Response {
    let path = format!("/v1/calendars/{}", seen["version"]);
    let request = commune.ask_as(CONTROLLER, method, &path);
    let request = request.header("if-match", format!("\"{}\"", seen["row_version"]));
    match body {
        Some(body) => request.json(body).send().await.unwrap(),
        None => request.send().await.unwrap(),
    }
}

#[tokio::test]
async fn w_17_a_draft_is_begun_corrected_and_thrown_away() {
    let commune = Commune::open().await;
    let draft = drafted(&commune).await;
    promise::holds("CalendarLine", &draft);
    assert_eq!(
        (&draft["version"], &draft["state"], &draft["based_on"]),
        (&json!(2), &json!("draft"), &json!(1))
    );
    assert_eq!(draft["created_by"], "Bùi Thị Kiểm");

    let other = closed(&commune, 1, "2026-03-20").await;
    let corrected = json(change(&commune, Method::PUT, &draft, Some(&other)).await, 200).await;
    let shown = commune.read(CONTROLLER, "/v1/calendars/2").await;

    promise::holds("Calendar", &shown);
    assert_eq!(shown["calendar"], corrected);
    assert_ne!(corrected["digest"], draft["digest"]);
    let marked = shown["off"].as_array().unwrap().iter().filter(|day| day["date"] == "2026-03-20").count();
    assert_eq!(marked, 1);
    problem(change(&commune, Method::PUT, &draft, Some(&other)).await, 412, "stale").await;
    assert_eq!(change(&commune, Method::DELETE, &corrected, None).await.status(), 204);
    problem(commune.get(CONTROLLER, "/v1/calendars/2").await, 404, "not_found").await;
}

#[tokio::test]
async fn w_17_a_wrong_draft_hears_everything_at_once() {
    let commune = Commune::open().await;
    let mut wrong = stormy(&commune, 1).await;
    wrong["based_on"] = json!(7);
    let day = |date: &str, document: &str| json!({"date": date, "reason_vi": "Bão", "reason_en": "Storm", "document": document});
    wrong["off"] =
        json!([day("2026-03-19", "CĐ 15"), day("2026-03-19", "CĐ 15"), day("2035-01-01", "CĐ 15")]);
    wrong["work"] = json!([day("2026-03-20", "CĐ 15"), day("2026-03-21", " ")]);

    let told = problem(commune.post(CONTROLLER, "/v1/calendars", &wrong).await, 422, "body_invalid").await;

    let errors = told["errors"].as_array().unwrap();
    let mut found: Vec<_> =
        errors.iter().map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
    found.sort_unstable();
    let expected = [
        ("/based_on", "calendar_unknown"),
        ("/off/1", "day_listed_twice"),
        ("/off/2", "day_outside_validity"),
        ("/work/0", "day_already_worked"),
        ("/work/1", "day_unexplained"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_draft_that_says_nothing_new_is_refused() {
    let commune = Commune::open().await;
    let mut same = stormy(&commune, 1).await;
    same["off"].as_array_mut().unwrap().pop();

    let told = problem(commune.post(CONTROLLER, "/v1/calendars", &same).await, 422, "body_invalid").await;

    assert_eq!(told["errors"][0]["code"], "calendar_unchanged", "{told}");
}

#[tokio::test]
async fn only_who_runs_the_catalogue_sees_and_edits_calendars() {
    let commune = Commune::open().await;
    let draft = stormy(&commune, 1).await;

    for who in [DESK, INSPECTOR] {
        problem(commune.get(who, "/v1/calendars").await, 403, "forbidden").await;
        problem(commune.post(who, "/v1/calendars", &draft).await, 403, "forbidden").await;
    }
    problem(commune.ask(Method::GET, "/v1/calendars/1").send().await.unwrap(), 401, "token_missing").await;
}

#[tokio::test]
async fn w_17_an_adopted_version_never_changes() {
    let commune = Commune::open().await;
    let draft = drafted(&commune).await;
    let adopted = json(adopt(&commune, &draft, false).await, 201).await;
    assert_eq!((&adopted["state"], &adopted["adopted_by"]), (&json!("adopted"), &json!("Bùi Thị Kiểm")));

    let other = closed(&commune, 1, "2026-03-20").await;
    for refused in [
        change(&commune, Method::PUT, &adopted, Some(&other)).await,
        change(&commune, Method::DELETE, &adopted, None).await,
        adopt(&commune, &adopted, false).await,
    ] {
        let told = problem(refused, 409, "act_refused").await;
        assert_eq!(told["blocked_by"][0]["code"], "calendar_adopted", "{told}");
    }
}

#[tokio::test]
async fn nobody_undoes_what_another_adopted_meanwhile() {
    let commune = Commune::open().await;
    let mine = drafted(&commune).await;
    let other = closed(&commune, 1, "2026-03-20").await;
    let other = json(commune.post(CONTROLLER, "/v1/calendars", &other).await, 201).await;
    json(adopt(&commune, &other, false).await, 201).await;

    let told = problem(adopt(&commune, &mine, false).await, 409, "act_refused").await;
    assert_eq!(told["blocked_by"][0]["code"], "calendar_overtaken", "{told}");

    let again = closed(&commune, 3, "2026-03-19").await;
    let again = json(commune.post(CONTROLLER, "/v1/calendars", &again).await, 201).await;
    let adopted = json(adopt(&commune, &again, false).await, 201).await;
    assert_eq!((&adopted["version"], &adopted["based_on"]), (&json!(4), &json!(3)));
}

#[tokio::test]
async fn of_two_drafts_adopted_in_the_same_moment_one_is_refused() {
    let commune = Commune::open().await;
    let one = drafted(&commune).await;
    let other = closed(&commune, 1, "2026-03-20").await;
    let other = json(commune.post(CONTROLLER, "/v1/calendars", &other).await, 201).await;

    let answers = tokio::join!(adopt(&commune, &one, false), adopt(&commune, &other, false));

    let mut statuses = [answers.0.status().as_u16(), answers.1.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn an_adoption_needs_a_reason_in_words() {
    let commune = Commune::open().await;
    let draft = drafted(&commune).await;
    let request = commune.ask_as(CONTROLLER, Method::POST, "/v1/calendars/2/adoption");
    let request = request.header("idempotency-key", key()).header("if-match", "\"1\"");

    let refused = request.json(&json!({"reason": " 9 ", "move_open_dossiers": true})).send().await.unwrap();

    let told = problem(refused, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["pointer"], "/reason", "{told}");
    assert_eq!(commune.read(CONTROLLER, "/v1/calendars/2").await["calendar"], draft);
}

#[tokio::test]
async fn w_13_versions_are_listed_newest_first_and_count_their_years() {
    let commune = Commune::open().await;
    drafted(&commune).await;

    let first = commune.read(CONTROLLER, "/v1/calendars?limit=1").await;
    let rest = format!("/v1/calendars?limit=1&after={}", first["next"].as_str().unwrap());
    let rest = commune.read(CONTROLLER, &rest).await;

    assert_eq!((&first["items"][0]["version"], &rest["items"][0]["version"]), (&json!(2), &json!(1)));
    assert!(rest["next"].is_null());
    let years = |shown: &Value| -> Vec<u64> {
        shown["years"].as_array().unwrap().iter().map(|y| y["working_days"].as_u64().unwrap()).collect()
    };
    assert_eq!(years(&commune.read(CONTROLLER, "/v1/calendars/1").await), [251, 250, 249, 249]);
    assert_eq!(years(&commune.read(CONTROLLER, "/v1/calendars/2").await), [251, 250, 248, 249]);
}

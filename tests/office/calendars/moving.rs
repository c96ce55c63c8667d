//! Open dossiers keep the calendar they were received under, until they are asked to move.

use super::desk::{STORM, adopt, closed, deadline, drafted, entries, hands, march, received, work};
use crate::openapi::promise;
use crate::support::commune::{CASE, CONTROLLER, Commune, DESK, HEAD, MAU, key, text, time};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::jobs::row::Entity as Jobs;
use entities::tables::dossiers::{Entity as Dossiers, Model};
use reqwest::{Method, Response};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

async fn row(commune: &Commune, dossier: &Value) -> Model {
    let id: Uuid = text(dossier, "id").parse().unwrap();
    Dossiers::find_by_id(id).one(commune.database.reader()).await.unwrap().unwrap()
}

async fn asked_anew(commune: &Commune, version: i32, dry_run: bool) -> Response {
    let path = format!("/v1/calendars/{version}/recomputation");
    let request = commune.ask_as(CONTROLLER, Method::POST, &path).header("idempotency-key", key());
    let request = if dry_run { request.header("prefer", "dry-run") } else { request };
    request.json(&json!({"reason": STORM})).send().await.unwrap()
}

#[tokio::test]
async fn w_17_a_new_calendar_moves_no_open_dossier() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let before = deadline(&commune, &dossier).await;
    let draft = drafted(&commune).await;

    json(adopt(&commune, &draft, false).await, 201).await;
    let moved = work(&commune, &hands(&commune)).await;

    assert_eq!((time(&before, "due"), moved.len()), (march(24, 17, 0), 0));
    assert_eq!(deadline(&commune, &dossier).await["derivation"], before["derivation"]);
    assert_eq!(deadline(&commune, &dossier).await["calendar"]["version"], 1);
    commune.pass(TimeDelta::days(2));
    let asked = commune.done(CASE, &dossier, "supplement-request", json!({"reason": "Ảnh mờ."})).await;
    commune.pass(TimeDelta::days(5));
    let answered = commune.done(MAU, &asked, "supplement", json!({"papers": []})).await;
    // Two days were used by the 12th; eight are left from the 17th, and under version 1 the 19th is one of them.
    assert_eq!(time(&answered, "due_at"), march(27, 17, 0));
}

#[tokio::test]
async fn w_17_what_is_received_after_the_adoption_counts_under_it_at_once() {
    let commune = Commune::open().await;
    let old = received(&commune).await;
    let draft = drafted(&commune).await;

    json(adopt(&commune, &draft, false).await, 201).await;
    let new = received(&commune).await;

    assert_eq!((time(&old, "due_at"), time(&new, "due_at")), (march(24, 17, 0), march(25, 17, 0)));
    let told = deadline(&commune, &new).await;
    assert_eq!(
        (&told["calendar"]["version"], &told["calendar"]["documents"]),
        (&json!(2), &json!(["Công điện 15/CĐ-UBND"]))
    );
}

#[tokio::test]
async fn w_17_open_dossiers_are_moved_only_when_asked_with_the_reason_and_the_person() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let draft = drafted(&commune).await;
    commune.pass(TimeDelta::minutes(5));

    json(adopt(&commune, &draft, true).await, 201).await;
    work(&commune, &hands(&commune)).await;

    let told = deadline(&commune, &dossier).await;
    assert_eq!((time(&told, "due"), &told["calendar"]["version"]), (march(25, 17, 0), &json!(2)));
    assert_eq!(time(&told, "original_due"), march(24, 17, 0), "what the receipt says stays said (L-41)");
    let last = entries(&commune, &dossier).await.pop().unwrap();
    assert_eq!((text(&last, "act"), text(&last, "actor_name")), ("recompute", "Hệ thống một cửa"));
    let note = text(&last, "note");
    assert!(
        note.starts_with(STORM) && note.contains("phiên bản 2") && note.contains("Bùi Thị Kiểm"),
        "{note}"
    );
    let shown = commune.read(CONTROLLER, "/v1/calendars/2").await;
    assert_eq!(shown["recomputations"][0]["reason"], STORM);
}

#[tokio::test]
async fn l_50_before_the_recomputation_the_old_date_stands() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let draft = drafted(&commune).await;
    commune.pass(TimeDelta::minutes(5));
    json(adopt(&commune, &draft, true).await, 201).await;
    work(&commune, &hands(&commune)).await;

    let path = format!("/v1/dossiers/{}/deadline?as_of=2026-03-10T02:04:59Z", text(&dossier, "id"));
    let before = commune.read(MAU, &path).await;

    assert_eq!((time(&before, "due"), &before["calendar"]["version"]), (march(24, 17, 0), &json!(1)));
}

#[tokio::test]
async fn l_40_the_last_moment_to_apologise_moves_with_the_due_date() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    assert_eq!(row(&commune, &dossier).await.apology_by, Some(march(23, 17, 0)));
    let draft = drafted(&commune).await;

    json(adopt(&commune, &draft, true).await, 201).await;
    work(&commune, &hands(&commune)).await;

    let after = row(&commune, &dossier).await;
    assert_eq!((after.due_at, after.apology_by), (Some(march(25, 17, 0)), Some(march(24, 17, 0))));
    assert_eq!((after.act_by, after.first_due_at), (march(25, 17, 0), Some(march(24, 17, 0))));
}

#[tokio::test]
async fn w_17_a_storm_moves_exactly_the_dossiers_whose_time_walks_over_it() {
    let commune = Commune::open().await;
    let over = received(&commune).await;
    let birth = commune.submit(MAU, commune.birth(), |_| {}).await;
    let same_day = commune.done(DESK, &birth, "acceptance", json!({})).await;
    let waiting = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let decided = commune.submit(MAU, commune.birth(), |_| {}).await;
    let decided = commune.brought_to_the_head(&decided).await;
    commune.done(HEAD, &decided, "decision", commune.decision("KQ-KS-01").await).await;
    let draft = drafted(&commune).await;

    let told = commune.read(CONTROLLER, "/v1/calendars/2/effect").await;
    let totals = commune.read(CONTROLLER, "/v1/calendars/2/effect/totals").await;
    json(adopt(&commune, &draft, true).await, 201).await;
    let moved = work(&commune, &hands(&commune)).await;

    let item = &told["items"][0];
    promise::holds("CalendarShift", item);
    promise::holds("CalendarEffect", &totals);
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(
        (text(item, "code"), text(item, "unit")),
        (text(&over, "code"), commune.unit.to_string().as_str())
    );
    assert_eq!((time(item, "old_due"), time(item, "new_due")), (march(24, 17, 0), march(25, 17, 0)));
    assert_eq!((&item["working_days"], &item["calendar_days"]), (&json!(1), &json!(1)));
    assert_eq!(totals["all"], json!({"later": 1, "earlier": 0, "late_at_once": 0, "suspended": 0}));
    assert_eq!(moved, BTreeSet::from([text(&over, "id").parse().unwrap()]));
    assert_eq!(commune.now(MAU, &same_day).await["due_at"], same_day["due_at"]);
    assert!(commune.now(MAU, &waiting).await["due_at"].is_null());
}

#[tokio::test]
async fn w_17_a_dry_run_writes_nothing_and_tells_what_then_happens() {
    let commune = Commune::open().await;
    for _ in 0..3 {
        received(&commune).await;
    }
    let draft = drafted(&commune).await;
    let jobs = Jobs::find().count(commune.database.reader()).await.unwrap();

    let path = "/v1/calendars/2/adoption";
    let request = commune.ask_as(CONTROLLER, Method::POST, path).header("prefer", "dry-run");
    let request =
        request.header("if-match", "\"1\"").json(&json!({"reason": STORM, "move_open_dossiers": true}));
    let answer = request.send().await.unwrap();

    assert_eq!(answer.headers()["preference-applied"], "dry-run");
    let totals = json(answer, 200).await;
    assert_eq!((&totals["looked_at"], &totals["all"]["later"]), (&json!(3), &json!(3)));
    assert_eq!(totals["units"][0]["moved"]["later"], 3);
    assert_eq!(Jobs::find().count(commune.database.reader()).await.unwrap(), jobs);
    assert_eq!(commune.read(CONTROLLER, "/v1/calendars/2").await["calendar"], draft);
    let listed = commune.read(CONTROLLER, "/v1/calendars/2/effect?limit=2").await;
    let rest = format!("/v1/calendars/2/effect?limit=2&after={}", text(&listed, "next"));
    let rest = commune.read(CONTROLLER, &rest).await;
    let pages = listed["items"].as_array().unwrap().iter().chain(rest["items"].as_array().unwrap());
    let foretold: BTreeSet<Uuid> = pages.map(|item| text(item, "dossier").parse().unwrap()).collect();
    json(adopt(&commune, &draft, true).await, 201).await;
    assert_eq!(work(&commune, &hands(&commune)).await, foretold);
    let after = commune.read(CONTROLLER, "/v1/calendars/2/effect/totals").await;
    assert_eq!((&after["looked_at"], &after["all"]["later"]), (&json!(3), &json!(0)), "{after}");
}

#[tokio::test]
async fn w_17_open_dossiers_can_be_asked_to_move_later() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let draft = drafted(&commune).await;
    json(adopt(&commune, &draft, false).await, 201).await;

    let tried = json(asked_anew(&commune, 2, true).await, 200).await;
    let asked = json(asked_anew(&commune, 2, false).await, 201).await;
    work(&commune, &hands(&commune)).await;

    assert_eq!(tried["all"]["later"], 1);
    promise::holds("Recomputation", &asked);
    assert_eq!(time(&commune.now(MAU, &dossier).await, "due_at"), march(25, 17, 0));
    let told = problem(asked_anew(&commune, 1, false).await, 409, "act_refused").await;
    assert_eq!(told["blocked_by"][0]["code"], "calendar_not_in_force", "{told}");
    problem(asked_anew(&commune, 9, false).await, 404, "not_found").await;
}

#[tokio::test]
async fn w_17_a_suspended_due_date_will_be_found_under_the_new_calendar() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    commune.pass(TimeDelta::days(2));
    let asked = commune.done(CASE, &dossier, "supplement-request", json!({"reason": "Ảnh mờ."})).await;
    let draft = drafted(&commune).await;

    let told = commune.read(CONTROLLER, "/v1/calendars/2/effect").await["items"][0].clone();
    json(adopt(&commune, &draft, true).await, 201).await;
    work(&commune, &hands(&commune)).await;
    commune.pass(TimeDelta::days(5));
    let now = commune.now(MAU, &asked).await;
    let answered = commune.done(MAU, &now, "supplement", json!({"papers": []})).await;

    assert_eq!((&told["old_due"], &told["new_due"]), (&json!(null), &json!(null)));
    assert_eq!(time(&answered, "due_at"), march(30, 17, 0), "eight days from the 17th, without the 19th");
}

#[tokio::test]
async fn l_25_w_17_the_days_to_ask_for_papers_move_with_the_due_date() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let storm = closed(&commune, 1, "2026-03-12").await;
    let draft = json(commune.post(CONTROLLER, "/v1/calendars", &storm).await, 201).await;
    json(adopt(&commune, &draft, true).await, 201).await;
    work(&commune, &hands(&commune)).await;
    commune.pass(TimeDelta::days(6));

    let seen = commune.now(CASE, &dossier).await;
    let asked = commune.done(CASE, &seen, "supplement-request", json!({"reason": "Ảnh mờ."})).await;

    assert_eq!(asked["status"], "awaiting_supplement", "the third working day is Monday the 16th now");
}

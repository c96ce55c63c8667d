//! Taking a mandate back: by the applicant, by the desk for them, and by who held it.

use super::{helped, is_with_the_applicant_alone};
use crate::support::commune::{CASE, Commune, DESK, MAU, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use serde_json::{Value, json as body};

fn at(dossier: &Value, rest: &str) -> String {
    format!("/v1/dossiers/{}{rest}", text(dossier, "id"))
}

fn reason() -> Value {
    body!({"reason": "Tôi tự làm tiếp, không cần hỗ trợ nữa."})
}

#[tokio::test]
async fn i_04_a_person_takes_it_back_and_the_helper_finds_nothing_any_more() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    let whole = commune.now(THU, &dossier).await;
    let papers = commune.read(THU, &at(&dossier, "/papers")).await;
    let file = text(&papers[0], "file").to_owned();

    let ended = json(commune.post(MAU, &at(&dossier, "/mandate/ending"), &reason()).await, 201).await;

    is_with_the_applicant_alone(&commune, &dossier).await;
    for rest in [
        "",
        "/history",
        "/papers",
        "/deadline",
        "/standing",
        "/actions",
        "/supplements",
        "/forms",
        "/notices",
        "/digitisations",
        "/consultations",
        "/ledger",
        "/children",
    ] {
        problem(commune.get(THU, &at(&dossier, rest)).await, 404, "not_found").await;
    }
    for path in [format!("/v1/files/{file}"), format!("/v1/files/{file}/content")] {
        problem(commune.get(THU, &path).await, 404, "not_found").await;
    }
    let searched = format!("/v1/dossiers?q={}", text(&whole, "code"));
    assert_eq!(commune.read(THU, &searched).await["items"], body!([]));
    for act in ["withdrawal", "supplement"] {
        let said = if act == "withdrawal" { reason() } else { body!({"papers": []}) };
        let answer = commune.act(THU, &ended_line(&dossier, &ended), act, &said).await;
        problem(answer, 404, "not_found").await;
    }
    let paying = commune.post(THU, &at(&dossier, "/payments"), &body!({})).await;
    problem(paying, 404, "not_found").await;
}

fn ended_line(dossier: &Value, ended: &Value) -> Value {
    body!({"id": dossier["id"], "version": ended["version"]})
}

#[tokio::test]
async fn the_applicant_goes_on_where_the_helper_left_it() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    let ended = json(commune.post(MAU, &at(&dossier, "/mandate/ending"), &reason()).await, 201).await;

    let now = commune.now(MAU, &dossier).await;

    assert_eq!(now["version"], ended["version"]);
    assert_eq!(now["handed_in_by"]["ended_at"], ended["ended_at"]);
    assert_eq!(text(&now["handed_in_by"], "ended_reason"), text(&reason(), "reason"));
    let withdrawn = commune.done(MAU, &now, "withdrawal", reason()).await;
    assert_eq!(text(&withdrawn, "status"), "withdrawn");
}

#[tokio::test]
async fn the_desk_ends_it_for_the_applicant_and_the_helper_lays_it_down() {
    for who in [DESK, THU] {
        let commune = Commune::open().await;
        let dossier = helped(&commune).await;

        json(commune.post(who, &at(&dossier, "/mandate/ending"), &reason()).await, 201).await;

        is_with_the_applicant_alone(&commune, &dossier).await;
    }
}

#[tokio::test]
async fn the_ending_is_in_the_chronicle_with_who_did_it_and_to_which_dossier() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    json(commune.post(DESK, &at(&dossier, "/mandate/ending"), &reason()).await, 201).await;

    let log = commune.read(MAU, "/v1/me/access-log").await;

    let ending = log["items"].as_array().unwrap().iter().find(|entry| entry["what"] == "end_mandate");
    assert!(ending.is_some_and(|entry| entry["dossier"] == dossier["id"]), "{log}");
}

#[tokio::test]
async fn nobody_else_ends_it_and_nobody_twice() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    let path = at(&dossier, "/mandate/ending");

    let refused = problem(commune.post(CASE, &path, &reason()).await, 409, "act_refused").await;
    assert_eq!(refused["blocked_by"][0]["code"], "wrong_role");
    problem(commune.post(NEIGHBOUR, &path, &reason()).await, 404, "not_found").await;
    let silent =
        problem(commune.post(MAU, &path, &body!({"reason": " … "})).await, 422, "body_invalid").await;
    assert_eq!(silent["errors"][0]["code"], "reason_missing");

    json(commune.post(MAU, &path, &reason()).await, 201).await;
    let again = problem(commune.post(MAU, &path, &reason()).await, 409, "act_refused").await;
    assert_eq!(again["blocked_by"][0]["code"], "no_mandate");
    let own = commune.submit(MAU, commune.birth(), |_| {}).await;
    let none =
        problem(commune.post(MAU, &at(&own, "/mandate/ending"), &reason()).await, 409, "act_refused").await;
    assert_eq!(none["blocked_by"][0]["code"], "no_mandate");
}

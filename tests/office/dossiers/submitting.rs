//! Handing in: what a good application becomes, and who may hand in where.

use crate::support::commune::{CITIZENS, Commune, DESK, MAU, NEIGHBOUR, POSTMAN, key, text, time};
use crate::support::house::{json, problem};
use chrono::{TimeZone, Utc};
use reqwest::Method;
use serde_json::json as body;

#[tokio::test]
async fn l_05_c_14_a_good_application_becomes_a_dossier_at_status_1() {
    let commune = Commune::open().await;
    let mut application = commune.copies();
    commune.attach(MAU, &mut application).await;

    let answer = commune.hand_in(MAU, &application).await;

    let (location, tag) = (answer.headers()["location"].clone(), answer.headers()["etag"].clone());
    let dossier = json(answer, 201).await;
    assert_eq!(location, format!("/v1/dossiers/{}", text(&dossier, "id")));
    assert_eq!((tag.to_str().unwrap(), &dossier["version"]), ("\"1\"", &body!(1)));
    assert_eq!((&dossier["status"], &dossier["status_code"]), (&body!("submitted"), &body!(1)));
    assert_eq!((text(&dossier, "code"), text(&dossier, "turn")), ("H55.101-260310-0001", "agency"));
    assert_eq!((&dossier["fee_total"], &dossier["fee_state"]), (&body!(12_000), &body!("owed")));
    assert!(dossier["received_at"].is_null() && dossier["due_at"].is_null());
    let shown = commune.now(MAU, &dossier).await;
    assert_eq!(shown["form"], application["form"]);
    assert_eq!(shown["applicant"], application["applicant"]);
    assert_eq!((&shown["procedure"], &shown["quote"]["total"]), (&body!("2.000815"), &body!(12_000)));
}

#[tokio::test]
async fn l_11_it_is_to_be_answered_within_eight_working_hours() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    // 09:00 to 11:30, 13:30 to 17:00, and two hours from 07:30 of the next day.
    assert_eq!(time(&dossier, "answer_due_at"), Utc.with_ymd_and_hms(2026, 3, 11, 2, 30, 0).unwrap());
    let brought = commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;
    assert!(brought["answer_due_at"].is_null(), "at the desk one answers on the spot");
}

#[tokio::test]
async fn c_11_the_code_is_of_the_unit_the_day_and_the_next_number() {
    let commune = Commune::open().await;
    for number in ["0001", "0002", "0003"] {
        let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
        assert_eq!(text(&dossier, "code"), format!("H55.101-260310-{number}"));
    }
    let unit = commune.neighbour;
    let elsewhere = commune.submit(MAU, commune.birth(), |a| a["unit"] = body!(unit)).await;
    assert_eq!(text(&elsewhere, "code"), "H55.102-260310-0001");
    // 17:00 in London is the next day in Hà Nội.
    commune.clock.advance(Utc.with_ymd_and_hms(2026, 3, 10, 17, 0, 0).unwrap() - commune.clock.now());
    let tomorrow = commune.submit(MAU, commune.birth(), |_| {}).await;
    assert_eq!(text(&tomorrow, "code"), "H55.101-260311-0001");
}

#[tokio::test]
async fn c_10_before_july_2025_the_code_and_the_regime_are_the_old_ones() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2025, 6, 30, 3, 0, 0).unwrap()).await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    assert_eq!(text(&dossier, "code"), "000.01.40.H55-250630-0001");
}

#[tokio::test]
async fn c_13_a_refused_application_uses_up_no_number() {
    let commune = Commune::open().await;
    let mut application = commune.birth();
    application["form"] = body!({});
    problem(commune.hand_in(MAU, &application).await, 422, "body_invalid").await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    assert_eq!(text(&dossier, "code"), "H55.101-260310-0001");
}

#[tokio::test]
async fn l_50_history_and_papers_begin_with_the_submission() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));

    let history = commune.read(MAU, &format!("{path}/history")).await;
    assert_eq!(history.as_array().unwrap().len(), 1);
    assert_eq!((&history[0]["seq"], &history[0]["act"]), (&body!(1), &body!("submit")));
    assert_eq!((&history[0]["from_status"], &history[0]["to_status"]), (&body!(null), &body!("submitted")));
    assert_eq!(history[0]["actor_name"], CITIZENS[0].1);
    let papers = commune.read(MAU, &format!("{path}/papers")).await;
    let codes: Vec<_> = papers.as_array().unwrap().iter().map(|p| p["component"].clone()).collect();
    assert_eq!(body!(codes), body!(["CC-01", "CC-02"]));
    assert!(papers.as_array().unwrap().iter().all(|p| p["part"] == "component" && p["round"] == 0));
}

#[tokio::test]
async fn the_same_key_hands_in_once() {
    let commune = Commune::open().await;
    let mut application = commune.copies();
    commune.attach(MAU, &mut application).await;
    let ask = |application| {
        let request = commune.ask_as(MAU, Method::POST, "/v1/dossiers").header("idempotency-key", "mot-khoa");
        request.json(&application)
    };

    let first = json(ask(application.clone()).send().await.unwrap(), 201).await;
    let again = ask(application.clone()).send().await.unwrap();

    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(again.headers()["etag"], "\"1\"");
    assert_eq!(json(again, 201).await, first);
    application["quantity"] = body!(7);
    problem(ask(application).send().await.unwrap(), 422, "idempotency_key_reused").await;
    let list = commune.read(MAU, "/v1/dossiers").await;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn another_person_may_use_the_same_key() {
    let commune = Commune::open().await;
    let mut codes = Vec::new();
    for (who, _, number) in CITIZENS {
        let mut application = commune.birth();
        application["applicant"]["id_number"] = body!(number);
        commune.attach(who, &mut application).await;
        let request = commune.ask_as(who, Method::POST, "/v1/dossiers").header("idempotency-key", "khoa-1");
        codes.push(json(request.json(&application).send().await.unwrap(), 201).await["code"].clone());
    }
    assert_ne!(codes[0], codes[1]);
}

#[tokio::test]
async fn a_key_is_needed() {
    let commune = Commune::open().await;
    let request = commune.ask_as(MAU, Method::POST, "/v1/dossiers").json(&commune.birth());
    problem(request.send().await.unwrap(), 400, "idempotency_key_missing").await;
}

#[tokio::test]
async fn nobody_unknown_hands_in() {
    let commune = Commune::open().await;
    let request = commune.ask(Method::POST, "/v1/dossiers").header("idempotency-key", key());
    problem(request.json(&commune.birth()).send().await.unwrap(), 401, "token_missing").await;
}

#[tokio::test]
async fn l_01_each_channel_is_for_those_who_sit_there() {
    let commune = Commune::open().await;
    for (who, channel, may) in [
        (MAU, "online", true),
        (MAU, "desk", false),
        (MAU, "post", false),
        (DESK, "online", false),
        (DESK, "desk", true),
        (DESK, "post", true),
        (POSTMAN, "post", true),
        (POSTMAN, "desk", false),
        (NEIGHBOUR, "desk", false),
        (NEIGHBOUR, "post", false),
    ] {
        let mut application = commune.copies();
        application["channel"] = body!(channel);
        commune.attach(who, &mut application).await;
        let answer = commune.hand_in(who, &application).await;
        if may {
            json(answer, 201).await;
        } else {
            let refusal = problem(answer, 409, "act_refused").await;
            assert_eq!(refusal["blocked_by"][0]["code"], "wrong_role", "{who} {channel}");
            assert_eq!(refusal["allowed_actions"], body!([]));
        }
    }
}

#[tokio::test]
async fn l_02_a_paper_brought_to_the_desk_needs_no_file_and_one_sent_by_post_may_be_missing() {
    let commune = Commune::open().await;
    let mut application = commune.brought("Lường Thị Ví");
    application["papers"] = body!([{"component": "CC-01"}]);
    let missing = problem(commune.hand_in(DESK, &application).await, 422, "body_invalid").await;
    assert_eq!(missing["errors"][0]["code"], "component_missing");
    application["channel"] = body!("post");
    json(commune.hand_in(DESK, &application).await, 201).await;
}

#[tokio::test]
async fn f_05_the_fee_is_frozen_as_quoted_at_submission() {
    let commune = Commune::open().await;
    for (quantity, total) in [(body!(null), 2_000), (body!(1), 2_000), (body!(50), 100_000)] {
        let dossier = commune.submit(MAU, commune.copies(), |a| a["quantity"] = quantity).await;
        let shown = commune.now(MAU, &dossier).await;
        assert_eq!((&shown["fee_total"], &shown["quote"]["total"]), (&body!(total), &body!(total)));
    }
    let free = commune.submit(MAU, commune.birth(), |_| {}).await;
    assert_eq!((&free["fee_total"], &free["fee_state"]), (&body!(0), &body!("none")));
}

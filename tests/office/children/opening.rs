//! What a child is when it is opened, and which orders do not fit.

use super::{below, blocks, open, planned, received};
use crate::support::commune::{CASE, Commune, DESK, MAU, NEIGHBOUR, THU, key, text};
use crate::support::house::{json, problem};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json as body};
use std::collections::BTreeSet;
use uuid::Uuid;

#[tokio::test]
async fn l_31_a_child_is_a_dossier_of_its_own_with_what_it_needs_and_no_more() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;

    let (parent, child) = planned(&commune, &parent, "at-once-1").await;

    let seen = commune.now(NEIGHBOUR, &child).await;
    assert_eq!((&seen["status"], &seen["unit"]), (&body!("submitted"), &body!(commune.neighbour)));
    assert_eq!(seen["opened_by"], body!(commune.unit), "the lead is named");
    assert_eq!(seen["form"], body!({"note": "thử"}), "the other form does not know the secret");
    assert_eq!(seen["applicant"]["name"], "Nguyễn Thị Mẫu");
    assert_eq!(seen["answer_due_at"], "2026-03-11T02:30:00Z", "eight working hours");
    let papers = below(&commune, NEIGHBOUR, &child, "papers").await;
    assert_eq!(papers.iter().map(|p| text(p, "component")).collect::<Vec<_>>(), ["T52-01"]);
    assert_eq!(papers[0]["part"], "shared");
    let history = below(&commune, DESK, &parent, "history").await;
    let last = history.last().unwrap();
    assert_eq!((text(last, "act"), text(last, "note")), ("open_child", text(&child, "code")));
}

#[tokio::test]
async fn l_31_the_clock_of_a_child_is_its_own() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (parent, child) = planned(&commune, &parent, "at-once-1").await;
    commune.pass(chrono::TimeDelta::days(1));

    let seen = commune.now(NEIGHBOUR, &child).await;
    let accepted = commune.done(NEIGHBOUR, &seen, "acceptance", body!({})).await;

    assert_eq!(accepted["due_at"], "2026-03-18T10:00:00Z");
    assert_eq!(commune.now(DESK, &parent).await["due_at"], "2026-03-17T10:00:00Z", "the main one runs on");
    assert_eq!(super::children(&commune, MAU, &parent).await[0]["due_at"], "2026-03-18T10:00:00Z");
}

#[tokio::test]
async fn f_01_the_fee_of_a_child_is_taken_at_the_desk_of_the_main_dossier() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (_, child) = planned(&commune, &parent, "first").await;
    assert_eq!((&child["fee_total"], &child["fee_state"]), (&body!(20000), &body!("owed")));

    let seen = commune.now(DESK, &child).await;
    let paid = commune.done(DESK, &seen, "cash-payment", body!({"receipt_number": "BL 7"})).await;

    assert_eq!(paid["fee_state"], "paid");
}

#[tokio::test]
async fn only_officers_of_a_received_main_dossier_open_one_and_no_child_has_children() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let order = body!({"procedure": "9.000503", "unit": commune.neighbour});
    let refused = commune.refused(MAU, &parent, "children", order.clone()).await;
    assert_eq!(blocks(&refused), ["wrong_role"]);
    for who in [NEIGHBOUR, THU] {
        problem(commune.act(who, &parent, "children", &order).await, 404, "not_found").await;
    }
    let fresh = commune.submit(MAU, commune.birth(), |_| {}).await;
    assert_eq!(blocks(&commune.refused(CASE, &fresh, "children", order.clone()).await), ["wrong_status"]);

    let (_, child) = open(&commune, &parent, order).await;
    let seen = commune.now(NEIGHBOUR, &child).await;
    let accepted = commune.done(NEIGHBOUR, &seen, "acceptance", body!({})).await;
    let own = body!({"procedure": "9.000504", "unit": commune.neighbour});
    assert_eq!(blocks(&commune.refused(NEIGHBOUR, &accepted, "children", own).await), ["is_a_child"]);
}

#[tokio::test]
async fn an_order_that_does_not_fit_says_all_that_is_wrong() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (parent, _) = planned(&commune, &parent, "at-once-1").await;
    let (near, nobody) = (commune.neighbour, Uuid::now_v7());
    for (order, expected) in [
        (body!({"plan": "unheard-of"}), vec!["/plan plan_unknown"]),
        (body!({"plan": "upwards"}), vec!["/plan unit_unknown"]),
        (body!({"plan": "at-once-1"}), vec!["/plan child_already_open"]),
        (body!({"plan": "first", "unit": near}), vec!["/plan plan_or_procedure"]),
        (body!({"unit": near}), vec!["/plan plan_or_procedure"]),
        (
            body!({"procedure": "9.999999", "unit": nobody, "shared": ["T52-01", "T9"], "after": nobody}),
            vec![
                "/after child_unknown",
                "/shared/1 paper_missing",
                "/procedure procedure_unknown",
                "/unit unit_unknown",
            ],
        ),
        (body!({"procedure": "9.000003", "unit": near}), vec!["/unit unit_not_competent"]),
        (
            body!({"procedure": "9.000504", "unit": near, "form": {"note": 5}}),
            vec!["/form/note form_invalid"],
        ),
    ] {
        let answer = commune.act(DESK, &parent, "children", &order).await;
        let told = problem(answer, 422, "body_invalid").await;
        let errors = told["errors"].as_array().unwrap().iter();
        let found: Vec<_> = errors.map(|e| format!("{} {}", text(e, "pointer"), text(e, "code"))).collect();
        assert_eq!(found, expected, "{order}");
    }
    assert_eq!(super::children(&commune, DESK, &parent).await.len(), 1, "nothing was opened by mistake");
}

#[tokio::test]
async fn the_same_key_opens_one_child_however_often_it_is_sent() {
    let commune = Commune::open().await;
    let parent = received(&commune).await;
    let (path, same) = (format!("/v1/dossiers/{}/children", text(&parent, "id")), key());
    let mut told = BTreeSet::new();
    for _ in 0..3 {
        let ask = commune.ask_as(DESK, Method::POST, &path).header("idempotency-key", &same);
        let ask = ask.header("if-match", format!("\"{}\"", parent["version"]));
        let opened = json(ask.json(&body!({"plan": "at-once-1"})).send().await.unwrap(), 201).await;
        told.insert(text(&opened["child"], "code").to_owned());
    }

    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["H55.102-260310-0001"]);
    assert_eq!(super::children(&commune, DESK, &parent).await.len(), 1);
    let stale = commune.act(DESK, &parent, "children", &body!({"plan": "first"})).await;
    problem(stale, 412, "stale").await;
}

#[tokio::test]
async fn c_13_sixteen_opened_at_the_same_moment_have_codes_of_their_own() {
    let commune = Commune::open().await;
    let mut parents = Vec::new();
    for _ in 0..16 {
        parents.push(received(&commune).await);
    }

    let opened = parents.iter().map(|parent| planned(&commune, parent, "at-once-1"));
    let codes: BTreeSet<String> = join_all(opened)
        .await
        .iter()
        .map(|(_, child): &(Value, Value)| text(child, "code").to_owned())
        .collect();

    let expected: BTreeSet<String> = (1..=16).map(|n| format!("H55.102-260310-{n:04}")).collect();
    assert_eq!(codes, expected);
}

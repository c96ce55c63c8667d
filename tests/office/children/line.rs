//! At once or one after the other, as the way of the main dossier has it, and as an officer says.

use super::{brought, children, open, planned, received, settled};
use crate::journeys::stage::Stage;
use crate::support::commune::{Commune, DESK, NEIGHBOUR, text};
use crate::warnings::warn;
use chrono::TimeDelta;
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

fn order(commune: &Commune, number: u8) -> Value {
    body!({"procedure": format!("9.00050{number}"), "unit": commune.neighbour})
}

async fn waiting(commune: &Commune, who: &str) -> Vec<String> {
    let page = commune.read(who, "/v1/queues/unit").await;
    page["items"].as_array().unwrap().iter().map(|item| text(item, "code").to_owned()).collect()
}

#[tokio::test]
async fn l_31_an_electronic_dossier_goes_to_all_at_once_and_a_paper_one_from_unit_to_unit() {
    let commune = Commune::open().await;
    for (parent, held) in
        [(received(&commune).await, [false, false]), (brought(&commune).await, [false, true])]
    {
        let mut now = parent.clone();
        for number in [3, 4] {
            now = open(&commune, &now, order(&commune, number)).await.0;
        }

        let family = children(&commune, DESK, &parent).await;

        assert_eq!(family.iter().map(|child| &child["held"]).collect::<Vec<_>>(), held);
        assert_eq!(family[1]["answer_due_at"].is_null(), held[1]);
    }
}

#[tokio::test]
async fn l_31_one_that_is_held_is_in_no_queue_and_nobody_may_begin_with_it() {
    let commune = Commune::open().await;
    let parent = brought(&commune).await;
    let (parent, first) = open(&commune, &parent, order(&commune, 3)).await;
    let (_, second) = open(&commune, &parent, order(&commune, 4)).await;

    assert_eq!(waiting(&commune, NEIGHBOUR).await, [text(&first, "code")]);
    let seen = commune.now(NEIGHBOUR, &second).await;
    assert_eq!(seen["turn"], "held");
    for (act, particulars) in [
        ("acceptance", body!({})),
        ("claim", body!({})),
        ("refusal", body!({"reason": "Không đúng thẩm quyền."})),
        ("supplement-request", body!({"reason": "Thiếu tờ khai.", "components": ["T54-01"]})),
    ] {
        let refused = commune.refused(NEIGHBOUR, &seen, act, particulars).await;
        assert_eq!(super::blocks(&refused), ["not_yet_called"], "{act}");
    }
}

#[tokio::test]
async fn l_11_the_hours_to_answer_begin_when_the_next_is_called() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let parent = brought(commune).await;
    let (parent, first) = open(commune, &parent, order(commune, 3)).await;
    let (_, second) = open(commune, &parent, order(commune, 4)).await;
    commune.pass(TimeDelta::days(2));
    settled(commune, NEIGHBOUR, &first).await;

    stage.work(&mut done).await;

    assert_eq!(waiting(commune, NEIGHBOUR).await, [text(&second, "code")]);
    let seen = commune.now(NEIGHBOUR, &second).await;
    assert_eq!((&seen["turn"], &seen["answer_due_at"]), (&body!("agency"), &body!("2026-03-13T02:30:00Z")));
    assert_eq!(seen["version"], 2);
}

#[tokio::test]
async fn l_11_one_that_was_called_and_is_not_answered_is_warned_of() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let parent = brought(commune).await;
    let (parent, first) = open(commune, &parent, order(commune, 3)).await;
    let (_, second) = open(commune, &parent, order(commune, 4)).await;
    warn(commune).await;
    commune.pass(TimeDelta::days(2));
    settled(commune, NEIGHBOUR, &first).await;
    stage.work(&mut done).await;

    warn(commune).await;
    let in_time = commune.read(NEIGHBOUR, "/v1/warnings?kind=answer_late").await;
    commune.pass(TimeDelta::days(2));
    warn(commune).await;

    assert_eq!(in_time["items"], body!([]));
    let late = commune.read(NEIGHBOUR, "/v1/warnings?kind=answer_late").await["items"].clone();
    assert_eq!((late.as_array().unwrap().len(), &late[0]["dossier"]), (1, &second["id"]));
}

#[tokio::test]
async fn l_31_an_officer_puts_one_behind_another() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let parent = received(commune).await;
    let (parent, ahead) = open(commune, &parent, order(commune, 3)).await;
    let (parent, _) = planned(commune, &parent, "at-once-2").await;
    let mut behind = order(commune, 6);
    behind["after"] = ahead["id"].clone();

    let (parent, last) = open(commune, &parent, behind).await;

    assert_eq!((&last["held"], &last["place"]), (&body!(true), &body!(2)));
    settled(commune, NEIGHBOUR, &ahead).await;
    stage.work(&mut done).await;
    let family = children(commune, DESK, &parent).await;
    assert_eq!(family[2]["held"], false, "the one that runs beside them is not waited for");
}

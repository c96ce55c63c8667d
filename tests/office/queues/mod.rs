//! Desk queues under a clock that moves, and taking the next.

use crate::support::commune::{
    CASE, Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, SECOND_CASE, SECOND_DESK, key, text,
};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json as body};

async fn queue(commune: &Commune, who: &str, queue: &str) -> Vec<String> {
    let page = commune.read(who, &format!("/v1/queues/{queue}")).await;
    page["items"].as_array().unwrap().iter().map(|d| text(d, "code")[15..].to_owned()).collect()
}

async fn next(commune: &Commune, who: &str) -> Option<Value> {
    let answer = commune.post(who, "/v1/queues/unclaimed/next", &body!({})).await;
    if answer.status() == 204 { None } else { Some(json(answer, 200).await) }
}

/// 0001 handed in at 09:00, 0002 an hour later.
async fn two(commune: &Commune) -> [Value; 2] {
    let first = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.pass(TimeDelta::hours(1));
    [first, commune.submit(MAU, commune.birth(), |_| {}).await]
}

#[tokio::test]
async fn what_waits_moves_from_today_to_late_as_time_goes_by() {
    let commune = Commune::open().await;
    two(&commune).await;
    assert_eq!(queue(&commune, DESK, "unit").await, ["0001", "0002"]);
    assert!(queue(&commune, DESK, "due-today").await.is_empty(), "both are due tomorrow, at 09:30 and 10:30");
    assert!(queue(&commune, DESK, "late").await.is_empty());

    commune.pass(TimeDelta::hours(14));
    assert_eq!(queue(&commune, DESK, "due-today").await, ["0001", "0002"]);
    commune.pass(TimeDelta::hours(10));
    assert_eq!(queue(&commune, DESK, "late").await, ["0001"]);
    assert_eq!(queue(&commune, DESK, "due-today").await, ["0002"]);
    assert_eq!(queue(&commune, DESK, "unit").await, ["0001", "0002"]);
}

#[tokio::test]
async fn the_most_pressing_stands_first_whenever_it_came() {
    let commune = Commune::open().await;
    let [first, second] = two(&commune).await;
    let long = commune.submit(MAU, commune.trial(2), |_| {}).await;
    for dossier in [&long, &first] {
        commune.done(DESK, dossier, "acceptance", body!({})).await;
    }
    assert_eq!(queue(&commune, DESK, "unit").await, ["0001", "0002", "0003"]);
    assert_eq!(second["answer_due_at"], "2026-03-11T03:30:00Z");
}

#[tokio::test]
async fn what_waits_for_somebody_else_stands_in_no_queue() {
    let commune = Commune::open().await;
    let [first, second] = two(&commune).await;
    commune.done(DESK, &first, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    commune.done(DESK, &second, "refusal", body!({"reason": "Nộp nhầm nơi."})).await;
    for name in ["mine", "unit", "late", "due-today", "unclaimed"] {
        assert!(queue(&commune, DESK, name).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn mine_is_what_i_have_taken_on() {
    let commune = Commune::open().await;
    let [first, _] = two(&commune).await;
    let claimed = commune.done(DESK, &first, "claim", body!({})).await;
    assert_eq!(queue(&commune, DESK, "mine").await, ["0001"]);
    assert_eq!(queue(&commune, DESK, "unclaimed").await, ["0002"]);
    assert!(queue(&commune, SECOND_DESK, "mine").await.is_empty());
    commune.done(DESK, &claimed, "release", body!({})).await;
    assert!(queue(&commune, DESK, "mine").await.is_empty());
    assert_eq!(queue(&commune, DESK, "unclaimed").await, ["0001", "0002"]);
}

#[tokio::test]
async fn queues_are_of_the_own_unit_and_for_officers() {
    let commune = Commune::open().await;
    two(&commune).await;
    for who in [NEIGHBOUR, MAU, INSPECTOR] {
        assert!(queue(&commune, who, "unit").await.is_empty(), "{who}");
        assert!(next(&commune, who).await.is_none(), "{who}");
    }
    problem(commune.get(DESK, "/v1/queues/yesterday").await, 400, "path_invalid").await;
    let nobody = commune.ask(Method::GET, "/v1/queues/unit").send().await.unwrap();
    problem(nobody, 401, "token_missing").await;
}

#[tokio::test]
async fn the_next_one_is_for_the_role_of_its_step() {
    let commune = Commune::open().await;
    let [first, _] = two(&commune).await;
    for who in [CASE, HEAD, MONEY] {
        assert!(next(&commune, who).await.is_none(), "both wait for the desk: {who}");
    }
    let received = commune.done(DESK, &first, "acceptance", body!({})).await;
    let forwarded = commune.done(DESK, &received, "forwarding", body!({})).await;
    commune.done(DESK, &forwarded, "forwarding", body!({})).await;

    let taken = next(&commune, CASE).await.unwrap();
    assert_eq!((&taken["id"], text(&taken, "assignee_name")), (&first["id"], "Triệu Thị Lý"));
    assert!(next(&commune, SECOND_CASE).await.is_none());
    assert_eq!(text(&next(&commune, SECOND_DESK).await.unwrap(), "code"), "H55.101-260310-0002");
    assert!(next(&commune, DESK).await.is_none());
}

#[tokio::test]
async fn taking_with_the_same_key_takes_once() {
    let commune = Commune::open().await;
    two(&commune).await;
    let ask = |key: &str| {
        let request = commune.ask_as(DESK, Method::POST, "/v1/queues/unclaimed/next").json(&body!({}));
        request.header("idempotency-key", key).send()
    };
    let (first, again) =
        (json(ask("lay").await.unwrap(), 200).await, json(ask("lay").await.unwrap(), 200).await);
    assert_eq!(first, again);
    assert_eq!(text(&json(ask(&key()).await.unwrap(), 200).await, "code"), "H55.101-260310-0002");
}

#[tokio::test]
async fn eight_officers_at_once_never_get_the_same() {
    let commune = Commune::open().await;
    for _ in 0..8 {
        commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;
    }
    let takes = (0..10).map(|n| next(&commune, if n % 2 == 0 { DESK } else { SECOND_DESK }));
    let taken: Vec<_> = futures::future::join_all(takes).await.into_iter().flatten().collect();
    let codes: std::collections::BTreeSet<_> = taken.iter().map(|d| text(d, "code")).collect();
    assert_eq!((taken.len(), codes.len()), (8, 8));
}

#[tokio::test]
async fn papers_answered_at_intake_are_taken_again_and_do_not_stand_in_the_way() {
    let commune = Commune::open().await;
    let [first, second] = two(&commune).await;
    let asked = commune.done(DESK, &first, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    commune.done(MAU, &asked, "supplement", body!({"papers": []})).await;
    let taken = [next(&commune, DESK).await.unwrap(), next(&commune, DESK).await.unwrap()];
    assert_eq!([&taken[0]["id"], &taken[1]["id"]], [&first["id"], &second["id"]]);
    assert!(next(&commune, DESK).await.is_none());
}

#[tokio::test]
async fn a_claim_before_reception_keeps_the_hour_it_is_due() {
    let commune = Commune::open().await;
    let brought = commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;
    commune.done(DESK, &brought, "claim", body!({})).await;
    commune.pass(TimeDelta::minutes(5));
    assert!(queue(&commune, DESK, "late").await.is_empty());
    assert_eq!(queue(&commune, DESK, "mine").await, ["0001"]);
}

#[tokio::test]
async fn a_queue_is_paged_without_loss() {
    let commune = Commune::open().await;
    for n in 0..25 {
        commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;
        // Three at a time fall on the same moment.
        commune.pass(TimeDelta::minutes(i64::from(n % 3 == 0)));
    }
    let (mut path, mut seen) = ("/v1/queues/unit?limit=4".to_owned(), Vec::new());
    loop {
        let page = commune.read(DESK, &path).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|d| text(d, "code").to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/queues/unit?limit=4&after={next}");
    }
    assert_eq!(seen, (1..=25).map(|n| format!("H55.101-260310-{n:04}")).collect::<Vec<_>>());
}

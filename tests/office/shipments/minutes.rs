//! Minutes of a hand-over: the legal time of papers that come by post, and the list of what goes out.

use super::scene::{decided, ordered, shipment};
use crate::support::commune::{CASE, Commune, DESK, MAU, POSTMAN, text, time};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use serde_json::{Value, json as body};

fn counted(commune: &Commune, leg: &str, hours_ago: i64) -> Value {
    body!({
        "leg": leg, "postman": "Mã Văn Thư", "signed_at": commune.clock.now() - TimeDelta::hours(hours_ago),
        "papers": [{"name": "Bằng tốt nghiệp", "copies": 1, "original": true},
            {"name": "Giấy đề nghị", "copies": 2, "original": false, "withdrawn": leg == "return"}],
    })
}

async fn by_post(commune: &Commune) -> Value {
    let mut application = commune.copies();
    application["channel"] = body!("post");
    json(commune.hand_in(POSTMAN, &application).await, 201).await
}

#[tokio::test]
async fn l_22_b_02_b_11_the_clock_of_a_postal_dossier_counts_from_the_minutes() {
    let commune = Commune::open().await;
    let (signed, other) = (by_post(&commune).await, by_post(&commune).await);
    commune.pass(TimeDelta::hours(5));
    let path = format!("/v1/dossiers/{}/handover-minutes", text(&signed, "id"));

    let minutes = json(commune.post(DESK, &path, &counted(&commune, "collection", 4)).await, 201).await;

    let standing = commune.now(DESK, &signed).await;
    assert_eq!(time(&standing, "handed_over_at"), time(&minutes, "signed_at"));
    let received = commune.done(DESK, &standing, "acceptance", body!({})).await;
    let other = commune.done(DESK, &other, "acceptance", body!({})).await;
    let deadline = |dossier: &Value| format!("/v1/dossiers/{}/deadline", text(dossier, "id"));
    let (early, late) =
        (commune.read(DESK, &deadline(&received)).await, commune.read(DESK, &deadline(&other)).await);
    assert_eq!(time(&early["derivation"][0], "from"), time(&minutes, "signed_at"));
    assert_eq!(time(&late["derivation"][0], "from"), commune.clock.now());
    let again = commune.post(DESK, &path, &counted(&commune, "collection", 4)).await;
    let again = problem(again, 409, "act_refused").await;
    assert_eq!(again["blocked_by"][0]["code"], "already_received");
}

#[tokio::test]
async fn l_22_minutes_are_of_the_desk_and_of_the_post_alone() {
    let commune = Commune::open().await;
    let (postal, online) = (by_post(&commune).await, commune.submit(MAU, commune.copies(), |_| {}).await);
    let path = |dossier: &Value| format!("/v1/dossiers/{}/handover-minutes", text(dossier, "id"));

    problem(commune.post(CASE, &path(&postal), &counted(&commune, "collection", 0)).await, 404, "not_found")
        .await;
    let own = commune.post(MAU, &path(&online), &counted(&commune, "collection", 0)).await;
    let own = problem(own, 409, "act_refused").await;
    let not_post = commune.post(DESK, &path(&online), &counted(&commune, "collection", 0)).await;
    let not_post = problem(not_post, 409, "act_refused").await;
    let future = commune.post(DESK, &path(&postal), &counted(&commune, "collection", -1)).await;
    let future = problem(future, 422, "body_invalid").await;

    assert_eq!(own["blocked_by"][0]["code"], "wrong_role");
    assert_eq!(not_post["blocked_by"][0]["code"], "not_by_post");
    assert_eq!(future["errors"][0]["code"], "in_the_future");
}

#[tokio::test]
async fn b_03_the_result_goes_out_with_a_list_that_says_what_comes_back() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    ordered(&commune, &dossier, "return").await;
    let path = format!("/v1/dossiers/{}/handover-minutes", text(&dossier, "id"));

    let minutes = json(commune.post(DESK, &path, &counted(&commune, "return", 0)).await, 201).await;

    let page =
        commune.ask_as(DESK, reqwest::Method::GET, &format!("/v1/handover-minutes/{}", text(&minutes, "id")));
    let page = page.header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    for words in ["Biên bản giao nhận", "Mã Văn Thư", "Hoàng Văn Cửa", "Giấy đề nghị", "thu hồi"]
    {
        assert!(page.contains(words), "{words} is not on {page}");
    }
    assert_eq!(shipment(&commune, &dossier, "return").await.state, "collected");
    let listed = commune.read(MAU, &path).await;
    assert_eq!(
        (listed[0]["papers"].as_array().unwrap().len(), &listed[0]["officer"]),
        (2, &body!("Hoàng Văn Cửa"))
    );
}

//! Boxes of old papers: begun, entered, worked off and closed (R-C2, R-C5).

use super::scene::{codes, digitising};
use crate::support::commune::{Commune, DESK, MONEY, NEIGHBOUR, key, text};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json};

async fn begun(commune: &Commune) -> Value {
    let body = json!({"unit": commune.unit, "title": "Kết quả năm 2019", "kind": "result", "box_number": "H-12",
        "expected": 2, "plan": "Kế hoạch 797/KH-UBND"});
    json(commune.post(DESK, "/v1/paper-batches", &body).await, 201).await
}

async fn post(commune: &Commune, who: &str, batch: &Value, act: &str, body: &Value) -> Response {
    let path = format!("/v1/paper-batches/{}/{act}", text(batch, "id"));
    let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
    request.header("if-match", format!("\"{}\"", batch["version"])).json(body).send().await.unwrap()
}

async fn now(commune: &Commune, batch: &Value) -> Value {
    commune.read(DESK, &format!("/v1/paper-batches/{}", text(batch, "id"))).await
}

fn papers() -> Value {
    json!({"items": [
        {"folder": "T-03", "inventory": "41", "name": "Trích lục số 118/2019", "paper_type": "TLKS",
         "owner": {"kind": "citizen", "number": "006199000001", "name": "Nguyễn Thị Mẫu"}},
        {"folder": "T-03", "inventory": "42", "name": "Trích lục số 119/2019", "valid_until": "2020-12-31",
         "owner": {"kind": "citizen", "name": "Trần Văn Mẫu"}},
    ]})
}

#[tokio::test]
async fn r_c5_a_box_is_begun_entered_and_closed_with_who_and_when() {
    let commune = digitising().await;
    let batch = begun(&commune).await;

    let entered = json(post(&commune, DESK, &batch, "items", &papers()).await, 201).await;
    let open = post(&commune, DESK, &now(&commune, &batch).await, "closure", &json!({})).await;
    for item in entered.as_array().unwrap() {
        let path = format!("/v1/digitisations/{}/drop", text(item, "id"));
        let request = commune.ask_as(DESK, Method::POST, &path).header("idempotency-key", key());
        let request = request.header("if-match", "\"1\"").json(&json!({"reason": "Đã thất lạc bản giấy."}));
        json(request.send().await.unwrap(), 201).await;
    }
    let closed =
        json(post(&commune, DESK, &now(&commune, &batch).await, "closure", &json!({})).await, 201).await;

    assert_eq!((&entered[0]["origin"], &entered[0]["stage"]), (&json!("backlog"), &json!("scan")));
    assert_eq!((&entered[0]["folder"], &entered[0]["inventory"]), (&json!("T-03"), &json!("41")));
    assert!(!entered.to_string().contains("006199000001"));
    assert_eq!(codes(&problem(open, 409, "act_refused").await), ["papers_open"]);
    assert_eq!(closed["closed_at"], "2026-03-10T02:00:00Z");
    assert_eq!(closed["begun_name"], "Hoàng Văn Cửa");
    let told = now(&commune, &batch).await;
    assert_eq!((&told["entered"], &told["filed"], &told["dropped"]), (&json!(2), &json!(0), &json!(2)));
    let shut = post(&commune, DESK, &told, "items", &papers()).await;
    assert_eq!(codes(&problem(shut, 409, "act_refused").await), ["batch_closed"]);
}

#[tokio::test]
async fn old_papers_are_entered_all_or_none_with_every_fault_told() {
    let commune = digitising().await;
    let batch = begun(&commune).await;
    let file = commune.paper(NEIGHBOUR).await;
    let mut wrong = papers();
    wrong["items"][0]["name"] = json!(" ");
    wrong["items"][1]["file"] = file;
    let owner = json!({"kind": "citizen", "name": "Trần Văn Mẫu"});
    let many = json!({"items": vec![json!({"name": "Giấy", "owner": owner}); 201]});
    let nobodys = json!({"items": [{"name": "Giấy"}]});

    let told = problem(post(&commune, DESK, &batch, "items", &wrong).await, 422, "body_invalid").await;
    problem(post(&commune, DESK, &batch, "items", &many).await, 422, "body_invalid").await;
    problem(post(&commune, DESK, &batch, "items", &nobodys).await, 422, "body_invalid").await;

    let pointers: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| text(e, "pointer")).collect();
    assert_eq!(pointers, ["/items/0/name", "/items/1/file"]);
    assert_eq!(now(&commune, &batch).await["entered"], 0);
}

#[tokio::test]
async fn a_batch_is_of_its_unit_alone() {
    let commune = digitising().await;
    let batch = begun(&commune).await;

    let body =
        json!({"unit": commune.unit, "title": "Giấy", "kind": "dossier", "box_number": "1", "expected": 1});
    problem(commune.post(NEIGHBOUR, "/v1/paper-batches", &body).await, 404, "not_found").await;
    problem(post(&commune, NEIGHBOUR, &batch, "items", &papers()).await, 404, "not_found").await;
    let money = problem(post(&commune, MONEY, &batch, "items", &papers()).await, 409, "act_refused").await;

    assert_eq!(codes(&money), ["wrong_role"]);
    assert_eq!(commune.read(NEIGHBOUR, "/v1/paper-batches").await["items"], json!([]));
    assert_eq!(commune.read(DESK, "/v1/paper-batches").await["items"][0]["id"], batch["id"]);
}

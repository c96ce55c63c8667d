//! A dossier closes when its papers are digitised, or left out for a recorded reason (R-C1).

use super::scene::{codes, decided, digitise, digitising, items, received};
use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, NEIGHBOUR, key, text};
use crate::support::house::{json, problem};
use entities::digitisations::Item;
use reqwest::{Method, Response};
use serde_json::{Value, json};

#[tokio::test]
async fn r_c1_a_dossier_cannot_close_while_a_paper_is_to_be_digitised() {
    let commune = digitising().await;
    let dossier = decided(&commune, &received(&commune).await).await;
    let proof = json!({"proof": "Đã ký nhận."});

    let refused = commune.refused(DESK, &dossier, "return", proof.clone()).await;
    let path = format!("/v1/dossiers/{}/actions", text(&dossier, "id"));
    let actions = commune.read(DESK, &path).await;
    digitise(&commune, &dossier).await;
    let returned = commune.done(DESK, &dossier, "return", proof).await;

    assert_eq!(codes(&refused), ["papers_not_digitised"]);
    let words = refused["blocked_by"][0]["message"].as_str().unwrap_or_default().to_owned()
        + &refused["blocked_by"][0].to_string();
    assert!(words.contains("Giấy thử thứ nhất") && words.contains("Kết quả thử"), "{words}");
    assert!(actions.to_string().contains("papers_not_digitised"), "{actions}");
    assert_eq!(returned["status"], "returned");
}

#[tokio::test]
async fn a_paper_left_out_for_a_reason_holds_nothing_up_and_the_reason_stays() {
    let commune = digitising().await;
    let dossier = decided(&commune, &received(&commune).await).await;
    for item in items(&commune, &dossier).await {
        json(drop(&commune, DESK, &item, "Bản giấy đã mờ, người nộp đã lấy lại.").await, 201).await;
    }

    commune.done(DESK, &dossier, "return", json!({"proof": "Đã ký nhận."})).await;

    let item = &items(&commune, &dossier).await[0];
    let told = commune.read(HEAD, &format!("/v1/digitisations/{}", item.id)).await;
    assert_eq!(told["state"], "dropped");
    assert_eq!(told["events"][0]["by"], "Hoàng Văn Cửa");
    assert_eq!(told["events"][0]["words"], "Bản giấy đã mờ, người nộp đã lấy lại.");
    let overseen = commune.read(INSPECTOR, &format!("/v1/digitisations/{}", item.id)).await;
    assert_eq!(overseen["events"][0]["words"], Value::Null);
}

#[tokio::test]
async fn only_the_desk_or_its_head_leaves_a_paper_out_and_never_without_a_reason() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let item = items(&commune, &dossier).await.remove(0);

    let case = problem(drop(&commune, CASE, &item, "Không cần.").await, 409, "act_refused").await;
    problem(drop(&commune, NEIGHBOUR, &item, "Không cần.").await, 404, "not_found").await;
    problem(drop(&commune, DESK, &item, " … ").await, 422, "body_invalid").await;
    json(drop(&commune, DESK, &item, "Không cần.").await, 201).await;
    let again = items(&commune, &dossier).await.remove(0);
    let over = problem(drop(&commune, DESK, &again, "Không cần.").await, 409, "act_refused").await;

    assert_eq!(codes(&case), ["wrong_role"]);
    assert_eq!(codes(&over), ["item_over"]);
}

#[tokio::test]
async fn the_person_reads_how_their_papers_stand_in_plain_words() {
    let commune = digitising().await;
    let mut application = commune.trial(2);
    application["channel"] = json!("desk");
    application["papers"] = json!([{"component": "T2-01"}, {"component": "T2-02"}]);
    let dossier = commune.submit(DESK, application, |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
    let path = format!("/v1/dossiers/{}/digitisations", text(&dossier, "id"));

    let mine = commune.read(crate::support::commune::MAU, &path).await;
    let desk = commune.read(DESK, &path).await;

    assert!(text(&mine[0], "words").contains("bạn không phải làm gì"), "{mine}");
    assert_eq!(desk[0]["words"], "Chờ cán bộ một cửa quét và tải tệp lên.");
}

pub async fn drop(commune: &Commune, who: &str, item: &Item, reason: &str) -> Response {
    follow(commune, who, item, "drop", json!({"reason": reason})).await
}

/// Somebody does something to an item as they saw it.
pub async fn follow(commune: &Commune, who: &str, item: &Item, step: &str, body: Value) -> Response {
    let path = format!("/v1/digitisations/{}/{step}", item.id);
    let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
    request.header("if-match", format!("\"{}\"", item.version)).json(&body).send().await.unwrap()
}

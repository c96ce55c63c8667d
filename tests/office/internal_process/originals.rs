//! Originals that the desk keeps for comparison go back with the result.

use super::scene::codes;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU};
use crate::support::house::problem;
use serde_json::{Value, json};

async fn kept(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", json!({"originals": ["T2-01", "T2-01"]})).await
}

async fn decided(commune: &Commune, dossier: &Value) -> Value {
    let dossier = commune.done(DESK, dossier, "forwarding", json!({})).await;
    let dossier = commune.done(CASE, &dossier, "forwarding", json!({})).await;
    commune.done(HEAD, &dossier, "decision", commune.decision("KQ-T2").await).await
}

#[tokio::test]
async fn l_46_the_result_is_not_handed_over_without_the_originals() {
    let commune = Commune::open().await;
    let dossier = kept(&commune).await;
    assert_eq!(commune.now(MAU, &dossier).await["originals"]["components"], json!(["T2-01"]));
    let dossier = decided(&commune, &dossier).await;

    let refused = commune.refused(DESK, &dossier, "return", json!({"proof": "Đã ký nhận."})).await;
    assert_eq!(codes(&refused), ["originals_kept"]);
    let proof = json!({"proof": "Đã ký nhận kết quả và bản chính.", "originals_returned": true});
    let returned = commune.done(DESK, &dossier, "return", proof).await;

    assert_eq!(returned["status"], "returned");
    let originals = commune.now(MAU, &returned).await["originals"].clone();
    assert_eq!(
        (&originals["returned_by"], &originals["kept_by"]),
        (&json!("Hoàng Văn Cửa"), &json!("Hoàng Văn Cửa"))
    );
    assert_eq!(originals["returned_at"], "2026-03-10T02:00:00Z");
}

#[tokio::test]
async fn l_46_nothing_is_kept_that_the_procedure_does_not_ask_for() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;

    let body = json!({"originals": ["T2-01", "GIẤY-LẠ"]});
    let told = problem(commune.act(DESK, &dossier, "acceptance", &body).await, 422, "body_invalid").await;

    assert_eq!(
        (codes(&told), &told["errors"][0]["pointer"]),
        (vec!["component_unknown"], &json!("/originals/1"))
    );
}

#[tokio::test]
async fn l_46_where_nothing_was_kept_nothing_is_asked_back() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", json!({})).await;
    let dossier = decided(&commune, &dossier).await;

    let returned = commune.done(DESK, &dossier, "return", json!({"proof": "Đã ký nhận."})).await;

    assert!(commune.now(MAU, &returned).await.get("originals").is_none());
}

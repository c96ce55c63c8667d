//! The second journey: refused, supplemented and withdrawn, payments that fail, and a stop.

use super::stage::Stage;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, text};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

/// The portal heard of these statuses, each in a line of its own, and its record ends with the last of them.
async fn assert_told(stage: &Stage, dossier: &Value, statuses: &[&str]) {
    let (steps, record) = stage.told(dossier).await;
    assert_eq!(steps, statuses);
    assert_eq!(record, *statuses.last().unwrap());
}

async fn copies(commune: &Commune) -> Value {
    commune.submit(MAU, commune.copies(), |_| {}).await
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let dossier = copies(&stage.commune).await;
    let reason = body!({"reason": "Bản chính bị tẩy xóa nên không chứng thực được."});
    stage.commune.done(DESK, &dossier, "refusal", reason).await;
    stage.work(&mut done).await;
    assert_told(&stage, &dossier, &["1", "3"]).await;
    let letters = stage.letters().await;
    assert!(text(letters.last().unwrap(), "text").contains("Bản chính bị tẩy xóa"), "{letters:?}");
}

#[tokio::test]
async fn l_44_papers_are_asked_for_and_the_dossier_is_withdrawn_after_all() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let dossier = copies(commune).await;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]});
    let asked = commune.done(DESK, &dossier, "supplement-request", ask).await;
    let papers = body!({"papers": [{"component": "CC-02", "file": commune.paper(MAU).await}]});
    let answered = commune.done(MAU, &asked, "supplement", papers).await;
    let received = commune.done(DESK, &answered, "acceptance", body!({})).await;
    commune.done(MAU, &received, "withdrawal", body!({"reason": "Tôi không cần nữa."})).await;
    stage.work(&mut done).await;
    assert_told(&stage, &dossier, &["1", "5", "5", "2", "7"]).await;
    assert_eq!(stage.orders().await, body!({}), "nothing is carried anywhere");
}

#[tokio::test]
async fn forged_refused_and_wrong_payments_move_nothing_and_a_double_one_moves_once() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let mut now = commune.done(DESK, &copies(commune).await, "acceptance", body!({})).await;
    for _ in 0..2 {
        now = commune.done(DESK, &now, "forwarding", body!({})).await;
    }
    let waiting = commune.done(CASE, &now, "payment-request", body!({})).await;
    for magic in ["forged", "refuses", "wrong_amount"] {
        stage.pay(&waiting, magic, &mut done).await;
        assert_eq!(commune.now(MAU, &waiting).await["version"], waiting["version"], "{magic}");
    }
    stage.pay(&waiting, "pays_twice", &mut done).await;
    now = commune.now(CASE, &waiting).await;
    assert_eq!((text(&now, "status"), &now["version"]), ("processing", &body!(6)));
    assert_eq!(stage.answers().await, [vec!["99", "00"], vec!["99", "00", "00"]]);
    now = commune.done(CASE, &now, "forwarding", body!({})).await;
    now = commune.done(HEAD, &now, "decision", commune.decision("KQ-CC-01").await).await;
    commune.done(DESK, &now, "return", body!({"proof": "Đã ký nhận."})).await;
    stage.work(&mut done).await;
    assert_told(&stage, &now, &["1", "2", "4", "4", "6", "4", "4", "9", "10"]).await;
}

#[tokio::test]
async fn l_44_a_dossier_nobody_completes_is_stopped() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]});
    let asked = commune.done(DESK, &copies(commune).await, "supplement-request", ask).await;
    let stopped = commune.done(DESK, &asked, "stop", body!({"reason": "Quá hạn bổ sung đã hẹn."})).await;
    stage.work(&mut done).await;
    assert_eq!(text(&stopped, "turn"), "nobody");
    assert_told(&stage, &stopped, &["1", "5", "8"]).await;
}

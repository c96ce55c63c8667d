//! The first journey: certified copies asked for online, paid, made, and carried home.

use super::stage::Stage;
use crate::support::commune::{CASE, DESK, HEAD, MAU, text};
use chrono::TimeDelta;
use serde_json::json as body;
use std::collections::BTreeSet;

#[tokio::test]
async fn from_the_click_to_the_postman() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let dossier = commune.submit(MAU, commune.copies(), |a| a["return_method"] = body!("post")).await;
    stage.work(&mut done).await;
    commune.pass(TimeDelta::minutes(10));
    let mut now = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    for _ in 0..2 {
        now = commune.done(DESK, &now, "forwarding", body!({})).await;
    }
    now = commune.done(CASE, &now, "claim", body!({})).await;
    now = commune.done(CASE, &now, "payment-request", body!({})).await;
    stage.work(&mut done).await;

    stage.pay(&now, "pays", &mut done).await;
    now = commune.now(CASE, &now).await;
    assert_eq!((text(&now, "status"), text(&now, "fee_state")), ("processing", "paid"));
    now = commune.done(CASE, &now, "forwarding", body!({})).await;
    now = commune.done(HEAD, &now, "decision", commune.decision("KQ-CC-01").await).await;
    stage.work(&mut done).await;
    let order = &stage.orders().await[text(&now, "code")];
    assert_eq!(order["ReceiverName"], "Nguyễn Thị Mẫu");
    stage.carry(&now, "delivered", &mut done).await;

    let end = commune.now(MAU, &now).await;
    assert_eq!((text(&end, "status"), text(&end, "turn")), ("returned", "nobody"));
    let (steps, record) = stage.told(&dossier).await;
    assert_eq!(steps, ["1", "2", "4", "4", "6", "4", "4", "9", "10"]);
    assert_eq!(record, "10");
    assert_eq!(stage.answers().await, [["00"]]);
    let letters = stage.letters().await;
    assert!(letters.iter().all(|letter| letter["to"] == "mau@vidu.example" && letter["copies"] == 1));
    assert_eq!(letters.len(), 6, "handed in, received, fee asked, fee paid, result ready, handed over");
    assert!(letters.iter().all(|letter| text(letter, "text").contains(text(&dossier, "code"))));
}

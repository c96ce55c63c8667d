//! The third journey: a paper dossier that the postman brought, worked on at the desk, paid in cash.

use super::stage::Stage;
use crate::support::commune::{CASE, DESK, HEAD, MONEY, text};
use crate::support::house::json;
use serde_json::json as body;
use std::collections::BTreeSet;

#[tokio::test]
async fn l_01_l_46_from_the_postmans_bag_to_the_signature() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let dossier = commune.submit(DESK, commune.brought("Lường Thị Ví"), |a| {
        a["channel"] = body!("post");
        a["applicant"]["email"] = body!("vi@vidu.example");
    });
    let mut now = commune.done(DESK, &dossier.await, "acceptance", body!({})).await;
    for _ in 0..2 {
        now = commune.done(DESK, &now, "forwarding", body!({})).await;
    }
    let taken = commune.post(CASE, "/v1/queues/unclaimed/next", &body!({})).await;
    now = json(taken, 200).await;
    now = commune.done(CASE, &now, "forwarding", body!({})).await;
    now = commune.done(HEAD, &now, "decision", commune.decision("KQ-CC-01").await).await;
    now = commune.done(MONEY, &now, "cash-payment", body!({"receipt_number": "00000012"})).await;
    now = commune.done(DESK, &now, "return", body!({"proof": "Bà Ví đã ký nhận tại quầy."})).await;
    stage.work(&mut done).await;

    assert_eq!(text(&now, "status"), "returned");
    let (steps, record) = stage.told(&now).await;
    assert_eq!(steps, ["1", "2", "4", "4", "4", "9", "9", "10"]);
    assert_eq!(record, "10");
    assert!(stage.letters().await.iter().all(|letter| letter["to"] == "vi@vidu.example"));
    assert_eq!((stage.orders().await, stage.answers().await.len()), (body!({}), 0));
}

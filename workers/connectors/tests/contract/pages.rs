//! The pages where a person looks at what a twin received.

use crate::stage::{Stage, client, stage, trip};
use connectors::{contract::samples, payment::sandbox::MAGIC, registry::Connector};
use serde_json::{Value, json};

async fn page(stage: &Stage, path: &str) -> String {
    client().get(format!("{}{path}", stage.party.page_url)).send().await.unwrap().text().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_wraps_shows_the_newest_first_and_folds_the_questions() {
    let stage = stage("vnpost_hcc");
    let Connector::Post(carrier) = &stage.connector else { unreachable!() };
    carrier.order(&trip(), &samples::shipment()).await.unwrap();
    for to in ["in_transit", "delivered"] {
        stage.post(&format!("/__advance/{}", samples::CODE), json!({"to": to})).await;
    }
    for _ in 0..3 {
        carrier.track(&trip(), None).await.unwrap();
    }

    let page = page(&stage, "/").await;

    assert!(page.contains("white-space:pre-wrap"));
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not in {page}"));
    assert!(place("Phát thành công") < place("Đang vận chuyển"));
    assert!(page.contains("3 lần hỏi") && !page.contains("apiGetOrderTracking"), "{page}");
    let received = stage.received().await;
    let questions = received["requests"].as_array().unwrap().iter().filter(|line| line["method"] == "GET");
    assert_eq!(questions.count(), 3, "everything is kept all the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_to_pay_at_speaks_to_the_payer() {
    let stage = stage("national_platform");
    let Connector::Payment(platform) = &stage.connector else { unreachable!() };
    let order = samples::order();
    platform.open(&trip(), &order).await.unwrap();
    let path = format!("/pay/{}", order.reference);

    let waiting = page(&stage, &path).await;
    let _told: Value = stage.post(&format!("{path}/pays"), json!({})).await;
    let paid = page(&stage, &path).await;

    assert!(waiting.contains("chờ thanh toán") && paid.contains("đã thanh toán"), "{waiting}\n{paid}");
    for name in MAGIC {
        assert!(waiting.contains(&format!("title={name}>")) && !waiting.contains(&format!(">{name}<")));
    }
}

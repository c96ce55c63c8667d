//! The carriage of results: ordered once, followed by the carrier's list.

use super::fixture::Scene;
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::dossiers::reading;
use entities::shipments;
use entities::tables::dossiers::Model as Dossier;
use rules::jobs::Job;
use serde_json::{Value, json};
use workers::Outcome;

async fn ordered(scene: &Scene) -> Dossier {
    let dossier = scene.submit().await;
    let dossier = scene.decide(dossier.id).await;
    for job in scene.jobs("order_delivery").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }
    dossier
}

async fn paid(scene: &Scene, dossier: &Dossier) {
    scene.act(&scene.officer(), dossier.id, Act::RecordPayment { proof: "cash 0001".into() }).await;
}

async fn advance(scene: &Scene, dossier: &Dossier, to: &str) {
    scene.post.press(&format!("/__advance/{}", dossier.code), json!({ "to": to })).await;
}

async fn status(scene: &Scene, dossier: &Dossier) -> String {
    reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap().status
}

async fn shipment(scene: &Scene, dossier: &Dossier) -> (String, i32) {
    let rows = reading::shipments(scene.hands.database.reader(), dossier.id).await.unwrap();
    (rows[0].state.clone(), rows[0].failed_attempts)
}

async fn cursor(scene: &Scene) -> Option<String> {
    shipments::mark(scene.hands.database.reader(), "vnpost_hcc").await.unwrap()
}

#[tokio::test]
async fn the_carriage_home_is_ordered_once_with_what_is_owed() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;

    let again = scene.run(scene.jobs("order_delivery").await.remove(0)).await;

    assert_eq!(again, Outcome::Done);
    let orders = scene.post.received().await["orders"].clone();
    let order = &orders[&dossier.code];
    assert_eq!(orders.as_object().unwrap().len(), 1);
    assert_eq!((&order["CODAmount"], &order["FlagConfig"]), (&json!(10_000), &json!(2)));
    assert_eq!(order["ReceiverAddress"], "Tổ 5, phường Đức Xuân, tỉnh Thái Nguyên");
    assert_eq!((&order["SenderProvince"], &order["ReceiverProvince"]), (&json!(26), &json!(26)));
    assert_eq!(order["SenderDesc"], "01 Bản sao được chứng thực từ bản chính");
    assert_eq!(shipment(&scene, &dossier).await.0, "awaiting_collection");
    let calls = scene.calls.sentences();
    assert_eq!(calls.iter().filter(|call| call.contains("order")).count(), 1, "{calls:?}");
}

#[tokio::test]
async fn a_carrier_that_is_down_gets_the_order_later() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.decide(dossier.id).await;
    let job = scene.jobs("order_delivery").await.remove(0);

    scene.post.magic("down").await;
    let first = scene.run(job.clone()).await;
    scene.post.magic("up").await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(scene.run(job).await, Outcome::Done);
}

#[tokio::test]
async fn l_47_a_delivered_result_returns_the_dossier() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    paid(&scene, &dossier).await;
    for to in ["collected", "undelivered", "delivered"] {
        advance(&scene, &dossier, to).await;
    }

    assert_eq!(scene.run(Job::TrackPost { carrier: None }).await, Outcome::Done);
    assert_eq!(scene.run(Job::TrackPost { carrier: None }).await, Outcome::Done);

    assert_eq!(status(&scene, &dossier).await, "returned");
    assert_eq!(shipment(&scene, &dossier).await, ("delivered".to_owned(), 1));
    let now = reading::entries(scene.hands.database.reader(), dossier.id).await.unwrap();
    assert_eq!(now.iter().filter(|entry| entry.act == "return").count(), 1);
}

#[tokio::test]
async fn all_pages_of_the_list_are_read() {
    let scene = Scene::with(json!({"page_size": 2})).await;
    let dossier = ordered(&scene).await;
    paid(&scene, &dossier).await;
    for to in ["collected", "in_transit", "out_for_delivery", "delivered"] {
        advance(&scene, &dossier, to).await;
    }

    assert_eq!(scene.run(Job::TrackPost { carrier: None }).await, Outcome::Done);

    assert_eq!(status(&scene, &dossier).await, "returned");
    let events = scene.post.received().await["events"].clone();
    let last = events.as_array().unwrap().last().unwrap()["_id"]["$oid"].clone();
    assert_eq!(cursor(&scene).await.map(Value::from), Some(last));
}

#[tokio::test]
async fn an_event_that_is_refused_holds_up_nobody_and_is_tried_again() {
    let scene = Scene::open().await;
    let (unpaid, other) = (ordered(&scene).await, ordered(&scene).await);
    paid(&scene, &other).await;
    advance(&scene, &unpaid, "delivered").await;
    advance(&scene, &unpaid, "returning").await;
    advance(&scene, &other, "undelivered").await;

    let first = scene.run(Job::TrackPost { carrier: None }).await;
    scene.run(Job::TrackPost { carrier: None }).await;
    let Outcome::Fail { reason } = first else { panic!("{first:?}") };
    assert!(reason.contains("The fee is not paid"), "{reason}");
    assert_eq!(shipment(&scene, &other).await, ("undelivered".to_owned(), 1), "read twice, counted once");
    assert_eq!(status(&scene, &unpaid).await, "decided");

    scene.pass(TimeDelta::hours(1));
    paid(&scene, &unpaid).await;
    assert_eq!(scene.run(Job::TrackPost { carrier: None }).await, Outcome::Done);
    assert_eq!(status(&scene, &unpaid).await, "returned");
}

#[tokio::test]
async fn a_carrier_that_is_down_leaves_the_cursor_where_it_was() {
    let scene = Scene::open().await;
    ordered(&scene).await;
    scene.run(Job::TrackPost { carrier: None }).await;
    let before = cursor(&scene).await;

    scene.post.magic("down").await;
    let down = scene.run(Job::TrackPost { carrier: None }).await;

    assert!(matches!(down, Outcome::Retry { .. }), "{down:?}");
    assert_eq!(cursor(&scene).await, before);
}

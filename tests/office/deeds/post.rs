//! The carriage of results: ordered once, followed by the carrier's list.

use super::fixture::Scene;
use entities::dossiers::acts::Act;
use entities::dossiers::application::Application;
use entities::dossiers::reading;
use entities::shipments::carriers::{self, Named};
use entities::shipments::{self, sighting::Sighting};
use entities::tables::dossiers::Model as Dossier;
use entities::tables::shipments::Model as Row;
use entities::tables::{statement_differences, unit_carriers};
use rules::jobs::Job;
use rules::local_time::local_date;
use sea_orm::EntityTrait;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::{Value, json};
use workers::Outcome;

pub(super) const TRACK: Job = Job::TrackPost { carrier: None };

pub(super) async fn ordered(scene: &Scene) -> Dossier {
    ordered_as(scene, |_| {}).await
}

pub(super) async fn ordered_as(scene: &Scene, change: impl FnOnce(&mut Application)) -> Dossier {
    let dossier = scene.submit_as(change).await;
    let dossier = scene.decide(dossier.id).await;
    for job in scene.jobs("order_delivery").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }
    dossier
}

pub(super) async fn paid(scene: &Scene, dossier: &Dossier) {
    scene.act(&scene.officer(), dossier.id, Act::RecordPayment { proof: "cash 0001".into() }).await;
}

pub(super) async fn advance(scene: &Scene, dossier: &Dossier, to: &str) {
    scene.post.press(&format!("/__advance/{}", dossier.code), json!({ "to": to })).await;
}

pub(super) async fn status(scene: &Scene, dossier: &Dossier) -> String {
    reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap().status
}

pub(super) async fn shipment(scene: &Scene, dossier: &Dossier) -> (String, i32) {
    let rows = reading::shipments(scene.hands.database.reader(), dossier.id).await.unwrap();
    (rows[0].state.clone(), rows[0].failed_attempts)
}

pub(super) async fn cursor(scene: &Scene) -> Option<String> {
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

    assert_eq!(scene.run(TRACK).await, Outcome::Done);
    assert_eq!(scene.run(TRACK).await, Outcome::Done);

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

    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    assert_eq!(status(&scene, &dossier).await, "returned");
    let events = scene.post.received().await["events"].clone();
    let last = events.as_array().unwrap().last().unwrap()["_id"]["$oid"].clone();
    assert_eq!(cursor(&scene).await.map(Value::from), Some(last));
}

#[tokio::test]
async fn a_carrier_that_is_down_leaves_the_cursor_where_it_was() {
    let scene = Scene::open().await;
    ordered(&scene).await;
    scene.run(TRACK).await;
    let before = cursor(&scene).await;

    scene.post.magic("down").await;
    let down = scene.run(TRACK).await;

    assert!(matches!(down, Outcome::Retry { .. }), "{down:?}");
    assert_eq!(cursor(&scene).await, before);
}

#[tokio::test]
async fn b_03_the_fee_that_the_postman_collects_is_booked_and_the_dossier_returned() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    advance(&scene, &dossier, "delivered").await;

    assert_eq!(scene.run(TRACK).await, Outcome::Done);
    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    assert_eq!(status(&scene, &dossier).await, "returned");
    let payments = reading::payments(scene.hands.database.reader(), dossier.id).await.unwrap();
    let booked: Vec<_> = payments.iter().map(|row| (row.platform.as_str(), row.amount)).collect();
    assert_eq!(booked, [("post", 10_000)]);
    let row = only(&scene, &dossier).await;
    assert_eq!((row.cod_amount, row.cod_collected), (10_000, Some(10_000)));
    assert_eq!(cursor(&scene).await, row.last_event, "money holds up no reading");
}

#[tokio::test]
async fn f_05_a_sum_that_nobody_owed_any_more_is_kept_as_a_difference_and_the_result_is_delivered() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    paid(&scene, &dossier).await;
    advance(&scene, &dossier, "delivered").await;

    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    assert_eq!(status(&scene, &dossier).await, "returned");
    let kept = statement_differences::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    assert_eq!((kept.len(), kept[0].theirs, kept[0].ours), (1, Some(10_000), None));
}

#[tokio::test]
async fn b_03_a_fee_that_nobody_was_told_to_collect_is_left_to_finance_and_holds_up_nothing() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    let mut row = only(&scene, &dossier).await.into_active_model();
    row.cod_amount = Set(0);
    row.update(scene.hands.database.writer()).await.unwrap();
    advance(&scene, &dossier, "delivered").await;

    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    assert_eq!(status(&scene, &dossier).await, "decided");
    assert_eq!(shipment(&scene, &dossier).await.0, "delivered");
    assert_eq!(cursor(&scene).await, only(&scene, &dossier).await.last_event);
    let kept = statement_differences::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    assert_eq!((kept.len(), kept[0].theirs, kept[0].ours), (1, Some(0), Some(10_000)));
}

#[tokio::test]
async fn a_unit_has_a_carrier_of_its_own_a_waybill_and_codes_from_the_table() {
    let scene = Scene::with(json!({"provinces": {}})).await;
    let dossier = scene.submit().await;
    scene.decide(dossier.id).await;
    let tx = scene.hands.database.begin().await.unwrap();
    let chosen = unit_carriers::Model { unit_id: scene.unit, carrier: "vnpost_hcc".into(), point_id: None };
    carriers::choose(&tx, chosen).await.unwrap();
    carriers::add_waybills(&tx, "vnpost_hcc", &["EH1VN".to_owned()]).await.unwrap();
    let valid_from = "2025-07-01".parse().unwrap();
    let named = Named { kind: "province".into(), code: "06".into(), theirs: "81".into(), valid_from };
    carriers::replace_places(&tx, "vnpost_hcc", &[named]).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(scene.run(scene.jobs("order_delivery").await.remove(0)).await, Outcome::Done);

    let order = scene.post.received().await["orders"][&dossier.code].clone();
    assert_eq!((&order["ItemCode"], &order["SenderProvince"]), (&json!("EH1VN"), &json!(81)));
    assert_eq!(carriers::free_waybills(scene.hands.database.reader(), "vnpost_hcc").await.unwrap(), 0);
    let row = only(&scene, &dossier).await;
    assert_eq!((row.carrier.as_str(), row.item_code.as_deref()), ("vnpost_hcc", Some("EH1VN")));
}

#[tokio::test]
async fn b_05_the_day_that_the_post_promises_is_kept() {
    let scene = Scene::open().await;

    let dossier = ordered(&scene).await;

    let row = only(&scene, &dossier).await;
    let sent = local_date(row.ordered_at.unwrap());
    let calendar = scene.hands.catalogue.calendar(scene.hands.database.reader(), scene.clock.now()).await;
    let promised = rules::post::promised(sent, rules::post::Way::InsideProvince, &calendar.unwrap());
    assert_eq!(row.expected_on, Some(promised));
}

#[tokio::test]
async fn news_that_is_older_or_means_nothing_to_us_moves_nothing() {
    let scene = Scene::with(json!({"states": {"4": "delivered", "5": "undelivered", "1": "created"}})).await;
    let dossier = ordered(&scene).await;
    for to in ["undelivered", "in_transit"] {
        advance(&scene, &dossier, to).await;
    }
    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    let row = only(&scene, &dossier).await;
    assert_eq!((row.state.as_str(), row.raw_code.as_deref()), ("undelivered", Some("3")));
    let office = rules::actor::Actor::office();
    let tx = scene.hands.database.begin().await.unwrap();
    let line = Sighting {
        carrier: "vnpost_hcc",
        event_id: "000000000000000000000001",
        order_number: &dossier.code,
        state: "delivered",
        raw_code: "4",
        raw_message: "Phát thành công",
    };
    let strange = Sighting { carrier: "viettel_post", ..line.clone() };
    let door = scene.door(&tx, &office);
    assert!(door.sighted(&line).await.unwrap() && !door.sighted(&line).await.unwrap());
    assert!(!door.sighted(&strange).await.unwrap(), "another carrier speaks of no parcel of this one");
    tx.commit().await.unwrap();

    assert_eq!(only(&scene, &dossier).await.state, "undelivered");
    let said = shipments::sightings(scene.hands.database.reader(), row.id).await.unwrap();
    assert_eq!(said.len(), 4, "everything is kept");
}

pub(super) async fn only(scene: &Scene, dossier: &Dossier) -> Row {
    reading::shipments(scene.hands.database.reader(), dossier.id).await.unwrap().remove(0)
}

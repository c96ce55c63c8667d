//! Orders at a carrier: taken, refused, dropped, and what becomes of the result meanwhile.

use super::fixture::Scene;
use super::post::{TRACK, advance, only, ordered, status};
use entities::dossiers::correcting::in_the_post;
use entities::shipments::carriers;
use entities::shipments::ordering::{self, Begun, Taken};
use entities::shipments::words;
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use workers::Outcome;

#[tokio::test]
async fn an_order_without_a_waybill_left_waits_for_more() {
    let scene = Scene::open().await;
    let (first, second) = (scene.submit().await, scene.submit().await);
    scene.decide(first.id).await;
    scene.decide(second.id).await;
    let tx = scene.hands.database.begin().await.unwrap();
    carriers::add_waybills(&tx, "vnpost_hcc", &["EH1VN".to_owned()]).await.unwrap();
    tx.commit().await.unwrap();
    let jobs = scene.jobs("order_delivery").await;

    assert_eq!(scene.run(jobs[0].clone()).await, Outcome::Done);
    let out = scene.run(jobs[1].clone()).await;

    let Outcome::Wait { party, .. } = out else { panic!("{out:?}") };
    assert_eq!((party.as_str(), only(&scene, &second).await.state.as_str()), ("vnpost_hcc", "created"));
    let tx = scene.hands.database.begin().await.unwrap();
    carriers::add_waybills(&tx, "vnpost_hcc", &["EH2VN".to_owned()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(scene.run(jobs[1].clone()).await, Outcome::Done);
}

#[tokio::test]
async fn b_03_an_order_that_no_carrier_takes_is_closed_in_words_and_may_be_begun_anew() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.decide(dossier.id).await;
    let id = only(&scene, &dossier).await.id;
    let tx = scene.hands.database.begin().await.unwrap();
    ordering::begin(&tx, id, &["vnpost_hcc".to_owned()], scene.clock.now()).await.unwrap();
    ordering::given_up(&tx, &scene.hands.sealer, (id, "thiếu số điện thoại"), scene.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let given_up = only(&scene, &dossier).await;
    let again = scene.run(scene.jobs("order_delivery").await.remove(0)).await;

    assert_eq!((given_up.state.as_str(), given_up.closed_at.is_some()), ("not_ordered", true));
    let why = words::of_shipment(&scene.hands.sealer, &given_up).unwrap();
    assert_eq!(why.as_deref(), Some("thiếu số điện thoại"));
    assert_eq!((given_up.cod_amount, given_up.in_flight), (10_000, false));
    assert_eq!(again, Outcome::Done);
    let row = only(&scene, &dossier).await;
    assert_eq!((row.state.as_str(), row.closed_at), ("awaiting_collection", None));
}

#[tokio::test]
async fn l_48_a_result_handed_over_before_its_order_is_recorded_stays_collected_and_in_the_post() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.decide(dossier.id).await;
    let mut row = only(&scene, &dossier).await.into_active_model();
    row.state = Set("collected".into());
    row.update(scene.hands.database.writer()).await.unwrap();
    assert!(in_the_post(scene.hands.database.reader(), dossier.id).await.unwrap());

    assert_eq!(scene.run(scene.jobs("order_delivery").await.remove(0)).await, Outcome::Done);

    assert_eq!(only(&scene, &dossier).await.state, "collected");
}

#[tokio::test]
async fn b_03_money_collected_on_a_leg_that_was_given_up_is_booked_and_returns_nothing() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    let mut row = only(&scene, &dossier).await.into_active_model();
    row.leg = Set("returned-1".into());
    row.update(scene.hands.database.writer()).await.unwrap();
    advance(&scene, &dossier, "delivered").await;

    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    let row = only(&scene, &dossier).await;
    assert_eq!((row.state.as_str(), row.cod_collected), ("delivered", Some(10_000)));
    assert_eq!(status(&scene, &dossier).await, "decided");
}

#[tokio::test]
async fn l_48_a_result_whose_carrier_is_being_asked_is_in_the_post() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.decide(dossier.id).await;
    let id = only(&scene, &dossier).await.id;
    let begin = async || {
        let tx = scene.hands.database.begin().await.unwrap();
        let begun = ordering::begin(&tx, id, &["vnpost_hcc".to_owned()], scene.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        begun
    };

    assert!(matches!(begin().await, Begun::Ask(_)));

    let db = scene.hands.database.reader();
    assert!(in_the_post(db, dossier.id).await.unwrap());
    let tx = scene.hands.database.begin().await.unwrap();
    ordering::not_ordered(&tx, id).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!in_the_post(scene.hands.database.reader(), dossier.id).await.unwrap());
    assert!(matches!(begin().await, Begun::Ask(_)), "asked once more");
}

#[tokio::test]
async fn an_order_dropped_while_the_carrier_took_it_is_called_off_there() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    let taken = only(&scene, &dossier).await;
    let mut row = taken.clone().into_active_model();
    (row.state, row.ordered_at) = (Set("cancelled".into()), Set(None));
    row.update(scene.hands.database.writer()).await.unwrap();
    let told = Taken { remark: None, carrier_number: None, cod_amount: 0, expected_on: None };
    let tx = scene.hands.database.begin().await.unwrap();
    ordering::ordered(&tx, &scene.hands.sealer, taken.id, told, scene.clock.now()).await.unwrap();
    tx.commit().await.unwrap();

    let jobs = scene.jobs("cancel_shipment").await;
    assert_eq!(jobs, [Job::CancelShipment { shipment: taken.id }]);
    assert_eq!(scene.run(jobs[0].clone()).await, Outcome::Done);
    assert_eq!(scene.run(jobs[0].clone()).await, Outcome::Done);

    assert_eq!(only(&scene, &dossier).await.state, "cancelled");
    let events = scene.post.received().await["events"].clone();
    let last = events.as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["StatusMessage"], "Đã hủy");
}

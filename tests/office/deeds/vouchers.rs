//! The platform's own voucher: fetched after the payment, once, and waited for.

use super::fixture::Scene;
use super::payments::{asked, press, row};
use entities::dossiers::reading;
use entities::files::{self, State};
use entities::payments::News;
use rules::actor::Actor;
use rules::jobs::Job;
use uuid::Uuid;
use workers::Outcome;

/// A payment that the platform has settled, and the job that fetches its voucher.
async fn settled(scene: &Scene) -> (Uuid, Job) {
    let (id, job) = asked(scene).await;
    scene.run(job).await;
    press(scene, &row(scene, id).await, "pays").await;
    assert_eq!(scene.run(Job::QueryPayment { payment: id }).await, Outcome::Done);
    (id, scene.jobs("fetch_voucher").await.pop().unwrap())
}

#[tokio::test]
async fn f_18_the_voucher_of_a_settled_payment_is_fetched_once_and_kept_with_it() {
    let scene = Scene::open().await;
    let (id, job) = settled(&scene).await;

    assert_eq!(scene.run(job.clone()).await, Outcome::Done);
    assert_eq!(scene.run(job).await, Outcome::Done);

    let payment = row(&scene, id).await;
    let db = scene.hands.database.reader();
    let file = files::find(db, payment.voucher_file_id.unwrap()).await.unwrap();
    assert_eq!((file.state, file.media_type.as_str()), (State::Quarantined, "application/pdf"));
    assert_eq!(scene.run(Job::InspectFile { file: file.id }).await, Outcome::Done);
    assert_eq!(files::find(db, file.id).await.unwrap().state, State::Clean);
    let papers = reading::papers(db, payment.dossier_id).await.unwrap();
    let vouchers: Vec<_> = papers.iter().filter(|paper| paper.part == "voucher").collect();
    assert_eq!((vouchers.len(), vouchers[0].file_id), (1, Some(file.id)));
    let asked = scene.calls.sentences().iter().filter(|call| call.ends_with("GET_BILL")).count();
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn f_18_a_platform_that_is_down_is_asked_for_the_voucher_again() {
    let scene = Scene::open().await;
    let (id, job) = settled(&scene).await;
    scene.payment.magic("down").await;

    let first = scene.run(job.clone()).await;
    scene.payment.magic("up").await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(scene.attempt(job, 2).await, Outcome::Done);
    assert!(row(&scene, id).await.voucher_file_id.is_some());
}

#[tokio::test]
async fn f_18_a_voucher_that_is_not_drawn_up_yet_is_waited_for_and_the_fee_stays_paid() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;
    scene.run(job).await;
    let payment = row(&scene, id).await;
    let tx = scene.hands.database.begin().await.unwrap();
    let news = News {
        reference: &payment.reference,
        platform: &payment.platform,
        amount: payment.amount,
        transaction_id: "GD1",
        paid: true,
        proven: true,
        raw: "{}",
    };
    scene.door(&tx, &Actor::office()).settle(&news).await.unwrap();
    tx.commit().await.unwrap();
    let job = scene.jobs("fetch_voucher").await.pop().unwrap();

    let early = scene.run(job.clone()).await;
    press(&scene, &payment, "pays").await;

    assert!(matches!(early, Outcome::Retry { .. }), "{early:?}");
    let now = row(&scene, id).await;
    assert_eq!((now.state.as_str(), now.voucher_file_id), ("paid", None));
    assert_eq!(scene.attempt(job, 2).await, Outcome::Done);
    assert!(row(&scene, id).await.voucher_file_id.is_some());
}

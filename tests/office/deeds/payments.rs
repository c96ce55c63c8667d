//! Payments: opened, asked about, and never left hanging.

use super::fixture::Scene;
use chrono::TimeDelta;
use connectors::payment::reference;
use entities::dossiers::acts::Act;
use entities::dossiers::reading;
use entities::payments::{self, Opening};
use entities::tables::payments::Model;
use rules::jobs::Job;
use serde_json::json;
use uuid::Uuid;
use workers::Outcome;

/// A payment that waits to be opened, and the job that opens it.
pub(super) async fn asked(scene: &Scene) -> (Uuid, Job) {
    let dossier = scene.submit().await;
    scene.act(&scene.officer(), dossier.id, Act::Accept).await;
    let dossier = scene.act(&scene.officer(), dossier.id, Act::RequestPayment).await;
    let by = scene.citizen();
    let id = Uuid::now_v7();
    let tx = scene.hands.database.begin().await.unwrap();
    let opening = Opening {
        id,
        reference: reference(id),
        platform: "national_platform",
        chosen: false,
        payer: None,
        client_ip: Some("203.0.113.7".into()),
        expires_at: scene.hands.clock.now() + TimeDelta::hours(24),
    };
    let opened = scene.door(&tx, &by).open_payment(&dossier, opening).await;
    tx.commit().await.unwrap();
    (opened.unwrap().id, scene.jobs("open_payment").await.pop().unwrap())
}

pub(super) async fn row(scene: &Scene, id: Uuid) -> Model {
    payments::by_id(scene.hands.database.reader(), id).await.unwrap()
}

pub(super) async fn press(scene: &Scene, payment: &Model, magic: &str) {
    scene.payment.press(&format!("/pay/{}/{magic}", payment.reference), json!({})).await;
}

#[tokio::test]
async fn a_payment_is_opened_once_with_what_is_owed() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;

    assert_eq!(scene.run(job.clone()).await, Outcome::Done);
    assert_eq!(scene.run(job).await, Outcome::Done);

    let payment = row(&scene, id).await;
    assert_eq!(payment.state, "pending");
    assert!(payment.pay_url.unwrap().ends_with(&format!("/pay/{}", payment.reference)));
    let held = scene.payment.received().await["payments"].clone();
    assert_eq!((held.as_array().unwrap().len(), &held[0]["amount"]), (1, &json!(10_000)));
    assert_eq!(scene.calls.sentences(), ["the payment platform: INIT"]);
}

#[tokio::test]
async fn a_platform_that_stays_down_does_not_let_the_payment_hang() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;
    scene.payment.magic("down").await;

    let fourth = scene.attempt(job.clone(), 4).await;
    let state = row(&scene, id).await.state;
    let fifth = scene.attempt(job, 5).await;

    assert!(matches!(fourth, Outcome::Retry { .. }), "{fourth:?}");
    assert_eq!(state, "opening");
    assert!(matches!(fifth, Outcome::Fail { .. }), "{fifth:?}");
    let payment = row(&scene, id).await;
    assert_eq!((payment.state.as_str(), payment.trouble.is_some()), ("failed", true));
}

#[tokio::test]
async fn a_platform_that_comes_back_opens_the_payment() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;

    scene.payment.magic("down").await;
    let first = scene.run(job.clone()).await;
    scene.payment.magic("up").await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(scene.attempt(job, 2).await, Outcome::Done);
    assert_eq!(row(&scene, id).await.state, "pending");
}

#[tokio::test]
async fn a_payment_whose_news_never_came_is_found_by_asking_and_told_as_paid_online() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;
    scene.run(job).await;
    let payment = row(&scene, id).await;
    press(&scene, &payment, "pays").await;
    let query = Job::QueryPayment { payment: id };

    assert_eq!(scene.run(query.clone()).await, Outcome::Done);
    assert_eq!(scene.run(query).await, Outcome::Done);

    assert_eq!(row(&scene, id).await.state, "paid");
    let dossier = reading::by_id(scene.hands.database.reader(), payment.dossier_id).await.unwrap();
    assert_eq!((dossier.fee_state.as_str(), dossier.status.as_str()), ("paid", "processing"));
    let entries = reading::entries(scene.hands.database.reader(), dossier.id).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.act == "record_payment").count(), 1);
    scene.push_all(&dossier).await;
    let held = scene.portal.received().await["dossiers"][&dossier.code].clone();
    assert_eq!(held["record"]["DuocThanhToanTrucTuyen"], "1", "law.md X-06");
}

#[tokio::test]
async fn a_refused_payment_fails_and_the_fee_stays_owed() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;
    scene.run(job).await;
    let payment = row(&scene, id).await;
    press(&scene, &payment, "refuses").await;

    assert_eq!(scene.run(Job::QueryPayment { payment: id }).await, Outcome::Done);

    assert_eq!(row(&scene, id).await.state, "failed");
    let dossier = reading::by_id(scene.hands.database.reader(), payment.dossier_id).await.unwrap();
    assert_eq!(dossier.fee_state, "owed");
}

#[tokio::test]
async fn a_payment_without_an_end_is_left_to_the_next_sweep() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;
    scene.run(job).await;

    assert_eq!(scene.run(Job::QueryPayment { payment: id }).await, Outcome::Done);

    assert_eq!(row(&scene, id).await.state, "pending");
}

#[tokio::test]
async fn a_silent_payment_is_asked_about_once_a_sweep() {
    let scene = Scene::open().await;
    let (id, job) = asked(&scene).await;
    scene.run(job).await;
    scene.run(Job::SweepPayments {}).await;
    assert!(scene.jobs("query_payment").await.is_empty(), "it is not silent yet");

    scene.pass(TimeDelta::minutes(35));
    scene.run(Job::SweepPayments {}).await;
    assert_eq!(scene.run(Job::SweepPayments {}).await, Outcome::Done);
    assert_eq!(scene.jobs("query_payment").await, [Job::QueryPayment { payment: id }]);

    scene.pass(TimeDelta::minutes(5));
    scene.run(Job::SweepPayments {}).await;
    assert_eq!(scene.jobs("query_payment").await.len(), 2);
}

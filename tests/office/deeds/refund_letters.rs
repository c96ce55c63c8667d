//! The letter about money that was given back: once, and only when the money went.

use super::fixture::Scene;
use super::letters::handed;
use super::money::{generous, ordered, paid};
use entities::notices::reading::of_dossier;
use entities::refunds::sending::by_id;
use rules::jobs::Job;
use serde_json::Value;
use std::sync::atomic::Ordering;
use uuid::Uuid;
use workers::Outcome;

async fn letters(scene: &Scene) -> Vec<Value> {
    scene.mail.received().await["letters"].as_array().unwrap().clone()
}

/// A refund that its platform has sent back.
async fn gone() -> (Scene, Uuid, Uuid) {
    let (scene, platform) = generous().await;
    let payment = paid(&scene).await;
    let (refund, job) = ordered(&scene, payment).await;
    platform.gone.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!(scene.run(job.clone()).await, Outcome::Done);
    }
    let dossier = by_id(scene.hands.database.reader(), refund).await.unwrap().dossier_id;
    (scene, refund, dossier)
}

#[tokio::test]
async fn f_06_the_applicant_is_told_once_how_much_went_back_why_and_by_which_proof() {
    let (scene, _, dossier) = gone().await;

    for job in scene.jobs("tell_refund").await.into_iter().cycle().take(2) {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }
    assert_eq!(handed(&scene).await, Outcome::Done);

    let sent = letters(&scene).await;
    assert_eq!(
        (sent.len(), &sent[0]["copies"], &sent[0]["to"]),
        (1, &1.into(), &"mau@nguoidan.example".into())
    );
    let text = sent[0]["text"].as_str().unwrap();
    for said in
        ["Chúng tôi đã hoàn 1.000 đồng", "Chứng từ: Nền tảng generous đã hoàn, số HT1", "Lý do: Thu nhầm."]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("http"), "a letter about money holds no link: {text}");
    let rows = of_dossier(scene.hands.database.reader(), dossier).await.unwrap();
    let mut ways: Vec<_> = rows.iter().map(|row| (row.event.as_str(), row.channel.as_str())).collect();
    ways.sort_unstable();
    assert_eq!(ways, [("refund_paid_out", "email"), ("refund_paid_out", "inbox")]);
}

#[tokio::test]
async fn f_06_two_refunds_of_one_payment_are_two_letters() {
    let (scene, refund, dossier) = gone().await;
    let payment = by_id(scene.hands.database.reader(), refund).await.unwrap().payment_id;
    let (_, job) = ordered(&scene, payment).await;
    for _ in 0..2 {
        scene.run(job.clone()).await;
    }

    for job in scene.jobs("tell_refund").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }
    handed(&scene).await;

    let ids: Vec<String> = letters(&scene)
        .await
        .iter()
        .map(|letter| letter["message_id"].as_str().unwrap().to_owned())
        .collect();
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    assert!(ids.iter().all(|id| id.starts_with(&dossier.to_string())), "{ids:?}");
}

#[tokio::test]
async fn f_06_nobody_is_told_of_money_that_has_not_gone() {
    let (scene, _) = generous().await;
    let payment = paid(&scene).await;
    let (refund, job) = ordered(&scene, payment).await;
    scene.run(job).await;
    let dossier = by_id(scene.hands.database.reader(), refund).await.unwrap().dossier_id;

    let told = scene.run(Job::TellRefund { dossier, refund }).await;

    assert!(matches!(&told, Outcome::Fail { reason } if reason.contains("not paid out")), "{told:?}");
    assert_eq!(letters(&scene).await, Vec::<Value>::new());
}

//! What the national portal and the national monitor are told of all this, and what is read there, over real wires.

use crate::deeds::fixture::{Scene, party};
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::tables::{national_lines, questions, revision_drafts};
use entities::{questions as asking, ratings};
use rules::jobs::Job;
use sea_orm::EntityTrait;
use serde_json::json;
use workers::Outcome;

#[tokio::test]
async fn a_reading_of_the_national_catalogue_ends_in_drafts_and_a_second_one_makes_none() {
    let scene = Scene::open().await;
    let db = scene.hands.database.reader();

    for reading in 1..=2 {
        assert_eq!(scene.run(Job::PullCatalogue { pull: None }).await, Outcome::Done);
        let jobs = scene.jobs("pull_procedure").await;
        assert_eq!(jobs.len(), reading, "one procedure of the list is known here");
        assert_eq!(scene.run(jobs.into_iter().next_back().unwrap()).await, Outcome::Done);
    }

    let lines = national_lines::Entity::find().all(db).await.unwrap();
    assert!(
        lines.iter().any(|line| line.list == "agencies") && lines.iter().any(|line| line.list == "fields")
    );
    let drafts = revision_drafts::Entity::find().all(db).await.unwrap();
    assert_eq!(drafts.len(), 1);
    scene.portal.magic("republishes").await;
    assert_eq!(scene.run(Job::PullCatalogue { pull: None }).await, Outcome::Done);
    let anew = scene.jobs("pull_procedure").await.pop().unwrap();
    assert_eq!(scene.run(anew).await, Outcome::Done);
    let redrawn = revision_drafts::Entity::find().all(db).await.unwrap();
    assert_eq!((redrawn.len(), redrawn[0].version), (1, 2), "the open draft is drawn anew");
}

#[tokio::test]
async fn a_question_of_the_portal_is_read_once_and_its_answer_is_told() {
    let scene = Scene::open().await;
    let db = scene.hands.database.reader();
    assert_eq!(scene.run(Job::FetchQuestions {}).await, Outcome::Done);
    assert_eq!(scene.run(Job::FetchQuestions {}).await, Outcome::Done);
    let kept = questions::Entity::find().all(db).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert!(!kept[0].asked_sealed.contains("Mẫu"));

    let mut by = scene.officer();
    by.assignments
        .push(rules::actor::Assignment { role: rules::actor::Role::ProcedureController, unit: None });
    let tx = scene.hands.database.begin().await.unwrap();
    let answer = (&by, scene.clock.now(), None);
    asking::answer(&tx, kept[0].id, "Không có thời hạn.", answer).await.unwrap();
    tx.commit().await.unwrap();
    let job = scene.jobs("tell_answer").await.pop().unwrap();
    assert_eq!(scene.run(job.clone()).await, Outcome::Done);
    assert_eq!(scene.run(job).await, Outcome::Done);

    let told = scene.portal.received().await["kept"]["answers"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told[0]["NOIDUNGTRALOI"], "Không có thời hạn.");
}

#[tokio::test]
async fn the_satisfaction_of_a_month_is_told_once_though_late_and_a_month_without_any_is_not_told() {
    let scene = Scene::open().await;
    assert_eq!(scene.run(Job::TellSatisfaction {}).await, Outcome::Done);
    assert_eq!(scene.portal.received().await["kept"].get("satisfaction"), None);
    let dossier = scene.submit().await;
    let dossier = scene
        .act(&scene.officer(), dossier.id, Act::Refuse { reason: "Không thuộc thẩm quyền.".into() })
        .await;
    let tx = scene.hands.database.begin().await.unwrap();
    let said = (ratings::Score::Satisfied, Some("Nhanh."));
    let about = (&dossier, "2.000815");
    ratings::give(&tx, &scene.hands.sealer, about, said, (&scene.citizen(), scene.clock.now()))
        .await
        .unwrap();
    tx.commit().await.unwrap();

    // The portal was off in April.
    scene.pass(TimeDelta::days(62));
    for _twice in 0..2 {
        assert_eq!(scene.run(Job::TellSatisfaction {}).await, Outcome::Done);
    }

    let told = scene.portal.received().await["kept"]["satisfaction"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
    assert_eq!(
        (&told[0]["TongSoNguoiDanhGia"], &told[0]["PhanTramDanhGiaHaiLong"]),
        (&json!("1"), &json!("100%"))
    );
}

#[tokio::test]
async fn the_national_monitor_is_told_how_a_dossier_stood() {
    let mut scene = Scene::open().await;
    let (monitor, connector) = party("emc", &scene.clock, &scene.calls, json!({}));
    scene.hands.wires.add("emc", connector);
    let dossier = scene.submit().await;
    let job = Job::TrackUsage { dossier: dossier.id, entry: 1 };

    assert_eq!(scene.run(job).await, Outcome::Done);

    let told = monitor.received().await.to_string();
    assert!(told.contains(&dossier.code), "{told}");
}

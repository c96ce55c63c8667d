//! What waited together is told together: one record, the lines in batches of ten, each line once.

use super::fixture::Scene;
use crate::support::forced::forced;
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::tables::dossiers::Model as Dossier;
use entities::tables::{portal_exchanges, portal_pushes};
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use workers::Outcome;

async fn held(scene: &Scene, code: &str) -> Value {
    scene.portal.received().await["dossiers"][code].clone()
}

async fn noted(scene: &Scene, dossier: &Dossier) -> Vec<portal_pushes::Model> {
    entities::pushes::of_dossier(scene.hands.database.reader(), dossier.id).await.unwrap()
}

/// Received, and sent forward and back until it has so many entries.
async fn busy(scene: &Scene, entries: i32) -> Dossier {
    let by = scene.officer();
    let dossier = scene.submit().await;
    let mut last = scene.act(&by, dossier.id, Act::Accept).await;
    last = scene.act(&by, last.id, Act::Forward { note: String::new() }).await;
    while last.entries < entries {
        scene.pass(TimeDelta::minutes(1));
        let act = match last.entries % 2 {
            1 => Act::Forward { note: String::new() },
            _ => Act::SendBack { step: "transfer".into(), reason: "Thiếu chữ ký.".into() },
        };
        last = scene.act(&by, last.id, act).await;
    }
    last
}

#[tokio::test]
async fn what_waited_goes_as_one_record_and_its_lines_ten_at_a_time() {
    let scene = Scene::open().await;
    let dossier = busy(&scene, 13).await;

    assert_eq!(scene.run(Job::PushToPortal { dossier: dossier.id, entry: 1 }).await, Outcome::Done);
    scene.push_all(&dossier).await;

    let told = held(&scene, &dossier.code).await;
    assert_eq!((&told["pushes"], told["progress"].as_array().unwrap().len()), (&json!(1), 13));
    let calls = scene.calls.sentences();
    assert_eq!(calls.iter().filter(|call| call.ends_with("CapNhatTienDoHoSoMC")).count(), 2, "{calls:?}");
    let rows = noted(&scene, &dossier).await;
    let exchanges: BTreeSet<_> = rows.iter().map(|row| row.line_exchange.unwrap()).collect();
    assert_eq!((rows.len(), exchanges.len()), (13, 2), "each line once, in one of two calls");
    assert_eq!(rows.iter().filter(|row| row.record_exchange.is_some()).count(), 1);
}

#[tokio::test]
async fn a_worker_that_fell_between_two_batches_goes_on_with_the_second() {
    let scene = Scene::open().await;
    let dossier = busy(&scene, 13).await;
    let job = Job::PushToPortal { dossier: dossier.id, entry: 1 };

    // The login, the account, the record and the first batch are taken.
    for magic in ["slow", "slow", "slow", "slow", "error"] {
        scene.portal.magic(magic).await;
    }
    let first = scene.run(job.clone()).await;
    let after_first = noted(&scene, &dossier).await;
    let second = scene.run(job).await;
    scene.push_all(&dossier).await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(after_first.iter().filter(|row| row.told_at.is_some()).count(), 10);
    assert_eq!(second, Outcome::Done);
    let told = held(&scene, &dossier.code).await;
    assert_eq!((&told["pushes"], told["progress"].as_array().unwrap().len()), (&json!(1), 13));
    assert!(noted(&scene, &dossier).await.iter().all(|row| row.told_at.is_some()));
}

#[tokio::test]
async fn a_worker_that_fell_before_it_noted_a_batch_says_the_same_lines_again() {
    let scene = Scene::open().await;
    let dossier = busy(&scene, 5).await;
    scene.push_all(&dossier).await;
    let forget = "UPDATE portal_pushes SET told_at = NULL, line_exchange = NULL WHERE entry > 1";
    scene.hands.database.writer().execute_unprepared(forget).await.unwrap();
    let later = scene.act(&scene.officer(), dossier.id, Act::RequestPayment).await;

    assert_eq!(scene.run(Job::PushToPortal { dossier: dossier.id, entry: 2 }).await, Outcome::Done);

    let told = held(&scene, &later.code).await;
    assert_eq!((&told["pushes"], told["progress"].as_array().unwrap().len()), (&json!(2), 6));
    let calls = scene.calls.calls();
    let batches = calls.iter().filter(|call| call.what == "CapNhatTienDoHoSoMC");
    let sizes: Vec<_> = batches.map(|call| call.body["data"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [5, 4, 1], "what was begun together first, then what came later");
}

#[tokio::test]
async fn one_that_the_portal_refuses_holds_up_no_other() {
    let scene = Scene::open().await;
    let dossier = busy(&scene, 3).await;
    let nobody = "UPDATE history SET actor_name = ' ' WHERE seq = 2";
    forced(&scene.hands.database, nobody).await;

    let mut ended = Vec::new();
    for entry in 1..=3 {
        ended.push(scene.run(Job::PushToPortal { dossier: dossier.id, entry }).await);
    }

    assert!(matches!(ended[1], Outcome::Fail { .. }), "{ended:?}");
    assert_eq!((&ended[0], &ended[2]), (&Outcome::Done, &Outcome::Done));
    assert_eq!(held(&scene, &dossier.code).await["progress"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn runs_in_a_wrong_order_or_twice_tell_nothing_twice() {
    let scene = Scene::open().await;
    let dossier = busy(&scene, 4).await;

    for entry in [4, 2, 2, 1, 3, 4, 1] {
        assert_eq!(scene.run(Job::PushToPortal { dossier: dossier.id, entry }).await, Outcome::Done);
    }

    let told = held(&scene, &dossier.code).await;
    assert_eq!((&told["pushes"], told["progress"].as_array().unwrap().len()), (&json!(1), 4));
    assert_eq!(told["record"]["TrangThaiHoSo"], "4");
    let rows = noted(&scene, &dossier).await;
    assert_eq!(rows.iter().filter(|row| row.told_at.is_some()).count(), 4);
}

#[tokio::test]
async fn every_exchange_stands_in_the_ledger_also_the_refused_one() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let job = Job::PushToPortal { dossier: dossier.id, entry: 1 };

    scene.portal.magic("refuses").await;
    let refused = scene.run(job.clone()).await;
    scene.portal.magic("down").await;
    let unheard = scene.run(job.clone()).await;
    scene.portal.magic("up").await;
    scene.portal.magic("session_expired").await;
    let taken = scene.run(job).await;

    assert!(matches!(refused, Outcome::Fail { .. }) && matches!(unheard, Outcome::Retry { .. }));
    assert_eq!(taken, Outcome::Done);
    let rows = portal_exchanges::Entity::find().order_by_asc(portal_exchanges::Column::Id);
    let rows = rows.all(scene.hands.database.reader()).await.unwrap();
    let verdicts: Vec<_> = rows.iter().map(|row| row.verdict.as_str()).collect();
    assert_eq!(verdicts, ["answered", "refused", "unanswered", "said_again", "taken", "taken"]);
    let words = rows[1].words.as_ref().unwrap();
    assert!(
        words.contains("code -1") && !words.contains("không hợp lệ"),
        "the portal's words stay sealed: {words}"
    );
    assert_eq!(portal_pushes::Entity::find().count(scene.hands.database.reader()).await.unwrap(), 1);
}

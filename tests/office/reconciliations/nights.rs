//! A forgotten and a drifted dossier are found at night and told again; nothing false is found.

use super::scene::{
    all_done, attempt, done, findings, forgetful, held, is_done, last, night, ready, received, sql, work,
};
use crate::deeds::fixture::Scene;
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::jobs::schedule::usual;
use entities::reconciliations::Wanted;
use entities::tables::{portal_exchanges, portal_messages};
use rules::actor::Actor;
use rules::jobs::Job;
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::json;
use uuid::Uuid;
use workers::{Attempt, Deeds, Outcome};

fn found(code: &str, kind: &str, repaired: bool) -> (String, String, bool) {
    (code.to_owned(), kind.to_owned(), repaired)
}

#[tokio::test]
async fn books_that_agree_are_compared_without_a_finding() {
    let scene = Scene::open().await;
    let (one, other) = (received(&scene).await, received(&scene).await);
    let forwarded = scene.act(&scene.officer(), other.id, Act::Forward { note: String::new() }).await;
    scene.push_all(&forwarded).await;
    all_done(&scene).await;
    night(&scene).await;

    work(&scene, 1).await;

    assert_eq!(findings(&scene).await, []);
    assert!(is_done(&scene).await);
    assert_eq!((last(&scene).await.looked_at, last(&scene).await.passed_over), (2, 0));
    assert_eq!(held(&scene.portal, &one).await["pushes"], 1);
}

#[tokio::test]
async fn a_forgotten_dossier_is_found_at_night_and_told_again_with_all_its_lines() {
    let mut scene = Scene::open().await;
    let dossier = received(&scene).await;
    let portal = forgetful(&mut scene);
    night(&scene).await;

    work(&scene, 1).await;

    assert_eq!(findings(&scene).await, [found(&dossier.code, "missing_there", true)]);
    let told = held(&portal, &dossier).await;
    assert_eq!((&told["trail"], told["progress"].as_array().unwrap().len()), (&json!(["2"]), 2));
    night(&scene).await;
    work(&scene, 1).await;
    assert_eq!(findings(&scene).await.len(), 1, "the next night finds nothing");
}

#[tokio::test]
async fn a_drifted_dossier_is_found_at_night_and_updated() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    let by = scene.officer();
    let later = scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;
    let later = scene.act(&by, later.id, Act::RequestPayment).await;
    sql(&scene, "UPDATE jobs SET state = 'dead' WHERE state = 'ready'").await;
    night(&scene).await;

    work(&scene, 1).await;

    let kinds = ["different_status", "different_dates"].map(|kind| found(&later.code, kind, true));
    assert_eq!(findings(&scene).await, kinds, "its date is suspended here");
    let told = held(&scene.portal, &later).await;
    assert_eq!((&told["trail"], told["progress"].as_array().unwrap().len()), (&json!(["2", "6"]), 4));
}

#[tokio::test]
async fn a_portal_that_is_down_is_waited_for_and_nothing_is_called_missing() {
    let scene = Scene::open().await;
    received(&scene).await;
    night(&scene).await;
    let begin = ready(&scene).await.remove(0);
    assert_eq!(attempt(&scene, &begin).await, Outcome::Done);
    done(&scene, begin.0).await;
    let part = ready(&scene).await.remove(0);

    scene.portal.magic("down").await;
    let waited = attempt(&scene, &part).await;
    scene.portal.magic("up").await;
    scene.portal.magic("garbage").await;
    let unread = attempt(&scene, &part).await;

    assert!(matches!(waited, Outcome::Retry { .. } | Outcome::Wait { .. }), "{waited:?}");
    assert!(matches!(unread, Outcome::Retry { .. } | Outcome::Wait { .. }), "{unread:?}");
    assert_eq!((findings(&scene).await, is_done(&scene).await), (vec![], false));
    work(&scene, 1).await;
    assert_eq!((findings(&scene).await, is_done(&scene).await), (vec![], true));
}

#[tokio::test]
async fn what_is_on_its_way_is_passed_over() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    scene.pass(TimeDelta::hours(1));
    night(&scene).await;
    scene.act(&scene.officer(), dossier.id, Act::Forward { note: String::new() }).await;

    work(&scene, 1).await;

    assert_eq!(findings(&scene).await, []);
    assert_eq!((last(&scene).await.looked_at, last(&scene).await.passed_over), (0, 1));
}

#[tokio::test]
async fn a_worker_that_falls_before_every_mark_finds_and_repairs_once() {
    let mut scene = Scene::open().await;
    let dossiers = [received(&scene).await, received(&scene).await];
    let portal = forgetful(&mut scene);
    night(&scene).await;

    work(&scene, 3).await;

    let missing = dossiers.iter().map(|dossier| found(&dossier.code, "missing_there", true));
    assert_eq!(findings(&scene).await, missing.collect::<Vec<_>>());
    assert_eq!((last(&scene).await.looked_at, is_done(&scene).await), (2, true));
    for dossier in &dossiers {
        let told = held(&portal, dossier).await;
        assert_eq!((&told["pushes"], told["progress"].as_array().unwrap().len()), (&json!(1), 2));
    }
}

#[tokio::test]
async fn a_later_comparison_overtakes_one_that_waits() {
    let scene = Scene::open().await;
    received(&scene).await;
    night(&scene).await;
    let begin = ready(&scene).await.remove(0);
    assert_eq!(attempt(&scene, &begin).await, Outcome::Done);
    done(&scene, begin.0).await;
    let (first, part) = (last(&scene).await, ready(&scene).await.remove(0));

    let again = (Uuid::now_v7(), Job::ReconcilePortal { reconciliation: None, part: 0 });
    assert_eq!(attempt(&scene, &again).await, Outcome::Done);
    assert_eq!(attempt(&scene, &part).await, Outcome::Done);

    let db = scene.hands.database.reader();
    let first = entities::reconciliations::find(db, first.id).await.unwrap();
    assert_eq!((first.state.as_str(), first.parts), ("overtaken", 0));
    work(&scene, 1).await;
    assert!(is_done(&scene).await);
}

#[tokio::test]
async fn what_the_portal_refuses_stays_open_with_its_reason() {
    let mut scene = Scene::open().await;
    let dossier = received(&scene).await;
    let portal = forgetful(&mut scene);
    night(&scene).await;
    for _ in 0..3 {
        for job in ready(&scene).await.into_iter().filter(|(_, job)| job.kind() == "reconcile_portal") {
            assert_eq!(attempt(&scene, &job).await, Outcome::Done);
            done(&scene, job.0).await;
        }
    }
    let repair = ready(&scene).await.remove(0);

    portal.magic("refuses").await;
    let refused = attempt(&scene, &repair).await;

    assert!(matches!(refused, Outcome::Fail { .. }), "{refused:?}");
    assert_eq!(findings(&scene).await, [found(&dossier.code, "missing_there", false)]);
    assert_eq!(attempt(&scene, &repair).await, Outcome::Done, "replayed by a person");
    assert_eq!(findings(&scene).await, [found(&dossier.code, "missing_there", true)]);
}

#[tokio::test]
async fn ended_dossiers_are_looked_at_for_some_nights_and_then_left_alone() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    let stopped = scene.act(&scene.officer(), dossier.id, Act::Stop { reason: "Giấy tờ giả".into() }).await;
    scene.push_all(&stopped).await;
    all_done(&scene).await;

    let mut looked_at = Vec::new();
    for _ in 0..7 {
        night(&scene).await;
        work(&scene, 1).await;
        looked_at.push(last(&scene).await.looked_at);
    }

    assert_eq!(looked_at, [1, 1, 1, 1, 1, 0, 0], "for as long as its news could be under way");
    let exchanges = portal_exchanges::Entity::find().count(scene.hands.database.reader()).await.unwrap();
    assert_eq!(exchanges, 1 + 2 + 2 + 1, "the account, records, lines and the last look-up");
}

#[tokio::test]
async fn a_look_up_that_fails_beside_answered_ones_is_a_finding_and_the_walk_goes_on() {
    let scene = Scene::open().await;
    let dossiers = [received(&scene).await, received(&scene).await];
    night(&scene).await;
    let begin = ready(&scene).await.remove(0);
    assert_eq!(attempt(&scene, &begin).await, Outcome::Done);
    done(&scene, begin.0).await;
    let (id, part) = ready(&scene).await.remove(0);

    scene.portal.magic("error").await;
    let third = Attempt { id, number: 3, last: false, at: scene.clock.now(), traceparent: None };
    assert_eq!(scene.hands.run(part, third).await, Outcome::Done);
    done(&scene, id).await;
    work(&scene, 1).await;

    let first_night = findings(&scene).await;
    assert_eq!(first_night.len(), 1, "{first_night:?}");
    assert!(dossiers.iter().any(|one| found(&one.code, "not_compared", false) == first_night[0]));
    assert_eq!((last(&scene).await.looked_at, is_done(&scene).await), (1, true));
    night(&scene).await;
    work(&scene, 1).await;
    assert!(findings(&scene).await[0].2, "the next night is told and finds nothing");
}

#[tokio::test]
async fn an_ended_dossier_with_an_open_finding_is_looked_at_however_long_ago_it_ended() {
    let mut scene = Scene::open().await;
    let dossier = received(&scene).await;
    let stopped = scene.act(&scene.officer(), dossier.id, Act::Stop { reason: "Giấy tờ giả".into() }).await;
    scene.push_all(&stopped).await;
    all_done(&scene).await;
    let portal = forgetful(&mut scene);
    night(&scene).await;
    for _ in 0..5 {
        for job in ready(&scene).await.into_iter().filter(|(_, job)| job.kind() == "reconcile_portal") {
            assert_eq!(attempt(&scene, &job).await, Outcome::Done);
            done(&scene, job.0).await;
        }
    }
    all_done(&scene).await;
    assert_eq!(findings(&scene).await, [found(&dossier.code, "missing_there", false)]);

    scene.pass(TimeDelta::days(30));
    begun(&scene, None).await;
    work(&scene, 1).await;

    let ended = findings(&scene).await;
    assert!(ended.iter().all(|finding| *finding == found(&dossier.code, "missing_there", true)), "{ended:?}");
    assert_eq!((ended.len(), held(&portal, &dossier).await["trail"].clone()), (2, json!(["8"])));
}

#[tokio::test]
async fn a_comparison_by_hand_does_not_move_the_mark_of_the_nights() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    let stopped = scene.act(&scene.officer(), dossier.id, Act::Stop { reason: "Giấy tờ giả".into() }).await;
    scene.push_all(&stopped).await;
    all_done(&scene).await;
    scene.pass(TimeDelta::days(9));
    begun(&scene, Some(&scene.officer())).await;
    work(&scene, 1).await;
    let by_hand = last(&scene).await.looked_at;

    night(&scene).await;
    work(&scene, 1).await;

    assert_eq!((by_hand, last(&scene).await.looked_at), (0, 1));
}

/// A comparison that looks at what ended from now on.
async fn begun(scene: &Scene, by: Option<&Actor>) {
    let tx = scene.hands.database.begin().await.unwrap();
    let wanted = Wanted { id: Uuid::now_v7(), by, since: Some(scene.clock.now() + TimeDelta::seconds(1)) };
    entities::reconciliations::begin(&tx, wanted, scene.clock.now(), None).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_the_portal_sent_and_holds_is_missing_here_until_somebody_takes_it_in() {
    let scene = Scene::open().await;
    let known_there = received(&scene).await.code;
    sent(&scene, &known_there, "refused").await;
    sent(&scene, "QG-2026-0404", "refused").await;
    sent(&scene, "QG-2026-0666", "not_admitted").await;
    night(&scene).await;

    work(&scene, 1).await;
    let first_night = findings(&scene).await;
    sql(&scene, "UPDATE dossiers SET national_id = code").await;
    night(&scene).await;
    work(&scene, 1).await;

    assert_eq!(first_night, [found(&known_there, "missing_here", false)], "the other is not there either");
    assert_eq!(findings(&scene).await, [found(&known_there, "missing_here", true)]);
    let asked: Vec<_> = scene.calls.calls().into_iter().filter(|call| call.what == "TraCuuHoSo").collect();
    assert!(asked.iter().all(|call| call.body["mahoso"] != "QG-2026-0666"), "a stranger's word is no trace");
}

/// A message of the portal that made no dossier.
async fn sent(scene: &Scene, national_id: &str, verdict: &str) {
    let row = portal_messages::Model {
        id: Uuid::now_v7(),
        connector: "dvcqg".into(),
        family: "mau".into(),
        verdict: verdict.into(),
        words: Some("không có thủ tục này".into()),
        national_id: Some(national_id.into()),
        dossier_id: None,
        fingerprint: None,
        size: 2,
        whole: true,
        encoding: "text".into(),
        body_sealed: "{}".into(),
        at: scene.clock.now(),
        replays: 0,
        replayed_name: None,
        replayed_at: None,
    };
    let row = portal_messages::Entity::insert(row.into_active_model());
    row.exec_without_returning(scene.hands.database.writer()).await.unwrap();
}

#[test]
fn the_night_begins_at_half_past_one_in_viet_nam() {
    let line = usual().into_iter().find(|line| line.name == "reconcile_portal").unwrap();

    assert_eq!((line.every_seconds, line.offset_seconds), (86_400, (24 + 1 - 7) * 3_600 + 1_800));
    assert_eq!(line.job, Job::ReconcilePortal { reconciliation: None, part: 0 });
}

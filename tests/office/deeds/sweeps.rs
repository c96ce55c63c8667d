//! The sweep of warnings: in parts, by many workers, after a stop and after a fall; nothing missed and nothing doubled.

use super::fixture::Scene;
use super::warnings::{given, march, warn};
use entities::dossiers::acts::Act;
use entities::dossiers::application::ReturnMethod;
use entities::tables::dossiers;
use entities::tables::dossiers::Model as Dossier;
use entities::warnings::sweeping::{SOME, sweep};
use rules::jobs::Job;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::BTreeMap;
use uuid::Uuid;
use workers::Outcome;

/// One of each, on a shelf for two days while no worker runs.
#[tokio::test]
async fn after_two_days_without_a_worker_nothing_is_missed_and_nothing_doubled() {
    let scene = Scene::open().await;
    scene.publish().await;
    let unanswered = scene.ask(ReturnMethod::Desk).await;
    let late = scene.begin().await;
    let asked = scene.begin().await;
    let missing =
        Act::RequestSupplement { reason: "Thiếu.".into(), components: Vec::new(), despite: Vec::new() };
    scene.act(&scene.officer(), asked.id, missing).await;
    let ready = scene.begin().await;
    scene.settle(ready.id).await;
    warn(&scene).await;

    scene.clock.set(march(26, 9, 0));
    for _ in 0..3 {
        warn(&scene).await;
    }

    assert_eq!(given(&scene, &unanswered).await, ["answer_late desk", "answer_late desk_heads"]);
    assert_eq!(given(&scene, &late).await, ["late assignee", "late heads"]);
    assert_eq!(
        given(&scene, &asked).await,
        ["supplement_unanswered applicant", "supplement_unanswered desk"]
    );
    assert_eq!(given(&scene, &ready).await, ["result_unfetched applicant", "result_unfetched desk"]);
}

#[tokio::test]
async fn eight_workers_that_sweep_at_once_find_and_give_each_warning_once() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    scene.clock.set(march(24, 17, 1));

    let sweeps = futures::future::join_all((0..8).map(|_| scene.run(Job::SweepWarnings {}))).await;
    let jobs = scene.jobs("warn").await;
    let warned = futures::future::join_all((0..8).map(|_| scene.run(jobs[0].clone()))).await;

    assert_eq!(jobs.len(), 1);
    assert!(sweeps.iter().chain(&warned).all(|ended| *ended == Outcome::Done), "{sweeps:?} {warned:?}");
    assert_eq!(given(&scene, &dossier).await, ["late assignee", "late heads"]);
}

/// As many late dossiers as fill five parts of a sweep.
async fn crowd(scene: &Scene, parts: u64) -> u64 {
    let one = scene.begin().await;
    let number = SOME * parts - 1;
    let copies: Vec<dossiers::Model> = (0..number)
        .map(|n| Dossier { id: Uuid::now_v7(), code: format!("H55.101-260310-{:05}", n + 10), ..one.clone() })
        .collect();
    let tx = scene.hands.database.begin().await.unwrap();
    for some in copies.chunks(200) {
        let rows = some.iter().cloned().map(IntoActiveModel::into_active_model);
        dossiers::Entity::insert_many(rows).exec_without_returning(&tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    scene.clock.set(march(24, 17, 1));
    number + 1
}

#[tokio::test]
async fn a_heavy_day_is_swept_in_parts_and_a_cut_off_sweep_goes_on() {
    let scene = Scene::open().await;
    scene.publish().await;
    let number = crowd(&scene, 3).await;

    let (database, catalogue) = (&scene.hands.database, &scene.hands.catalogue);
    let part = async |after, keep: bool| {
        let tx = database.begin().await.unwrap();
        let swept = sweep(&tx, catalogue, (scene.clock.now(), after), None).await.unwrap();
        if keep {
            tx.commit().await.unwrap()
        } else {
            tx.rollback().await.unwrap()
        }
        swept
    };
    let first = part(None, true).await;
    let one_part = scene.jobs("warn").await.len();
    part(first.after, false).await;
    let after_a_fall = scene.jobs("warn").await.len();
    assert_eq!(scene.run(Job::SweepWarnings {}).await, Outcome::Done);

    assert!(first.found && first.after.is_some());
    assert_eq!((one_part, after_a_fall), (usize::try_from(SOME).unwrap(), usize::try_from(SOME).unwrap()));
    let mut found: BTreeMap<Uuid, u32> = BTreeMap::new();
    for job in scene.jobs("warn").await {
        *found.entry(job.dossier().unwrap()).or_default() += 1;
    }
    assert_eq!(found.len() as u64, number);
    assert!(found.values().all(|times| *times == 1));
    let again = part(None, true).await;
    assert_eq!((again.found, again.after), (false, None), "and nothing is looked at again");
}

#[tokio::test]
async fn a_dossier_that_cannot_be_read_holds_up_no_other() {
    let scene = Scene::open().await;
    scene.publish().await;
    let (damaged, sound) = (scene.begin().await, scene.begin().await);
    let status = Expr::value("không rõ");
    let one = dossiers::Entity::update_many().col_expr(dossiers::Column::Status, status);
    let one = one.filter(dossiers::Column::Id.eq(damaged.id));
    one.exec(scene.hands.database.writer()).await.unwrap();
    scene.clock.set(march(24, 17, 1));

    warn(&scene).await;

    assert_eq!(given(&scene, &sound).await, ["late assignee", "late heads"]);
    assert_eq!(given(&scene, &damaged).await, Vec::<String>::new());
}

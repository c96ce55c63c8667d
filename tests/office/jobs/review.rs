//! The ledger as an administrator sees and changes it.

use super::scene::{Scene, due, inspect, push};
use crate::support::clock::opening;
use chrono::TimeDelta;
use entities::jobs::review::{self, Filter};
use entities::jobs::row::State;
use entities::jobs::{MAX_ATTEMPTS, NewJob, marking};
use rules::jobs::{Job, Queue};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

#[tokio::test]
async fn a_dead_job_is_replayed_with_a_new_round_of_attempts() {
    let scene = Scene::new().await;
    let id = dead(&scene).await;

    assert!(review::replay(scene.database.writer(), id, opening()).await.unwrap());

    let again = scene.claim("a", Queue::Heavy, 1).await.remove(0);
    assert_eq!((again.attempts, again.max_attempts), (2, MAX_ATTEMPTS + 1));
    assert_eq!(scene.rows().await[0].last_error.as_deref(), Some("no such file"));
}

#[tokio::test]
async fn a_waiting_job_is_brought_forward() {
    let scene = Scene::new().await;
    scene.write(vec![NewJob::new(inspect(1), opening() + TimeDelta::hours(6))]).await;
    let id = scene.rows().await[0].id;

    assert!(review::replay(scene.database.writer(), id, opening()).await.unwrap());

    assert_eq!(scene.claim("a", Queue::Heavy, 1).await[0].max_attempts, MAX_ATTEMPTS);
}

#[tokio::test]
async fn a_running_job_is_neither_cancelled_nor_replayed() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    let id = scene.claim("a", Queue::Heavy, 1).await[0].id;
    let db = scene.database.writer();

    assert!(!review::cancel(db, id, "stop", opening()).await.unwrap());
    assert!(!review::replay(db, id, opening()).await.unwrap());
    assert_eq!(scene.states().await, [State::Running]);
}

#[tokio::test]
async fn a_cancelled_job_is_not_claimed_and_says_why() {
    let scene = Scene::new().await;
    scene.write(vec![due(inspect(1))]).await;
    let id = scene.rows().await[0].id;

    assert!(review::cancel(scene.database.writer(), id, "written twice by hand", opening()).await.unwrap());

    assert!(scene.claim("a", Queue::Heavy, 1).await.is_empty());
    let row = review::show(scene.database.reader(), id).await.unwrap().unwrap();
    assert_eq!(row.state, State::Cancelled);
    assert_eq!(row.last_error.as_deref(), Some("written twice by hand"));
    assert_eq!(row.finished_at, Some(opening()));
}

#[tokio::test]
async fn the_list_is_paged_from_the_newest_by_the_last_seen() {
    let scene = Scene::new().await;
    scene.write((1..=5).map(|entry| due(push(1, entry))).collect()).await;
    let newest: Vec<Uuid> = scene.rows().await.iter().rev().map(|row| row.id).collect();

    let first = page(&scene, Filter::default()).await;
    let second = page(&scene, Filter { before: first.last().copied(), ..Filter::default() }).await;

    assert_eq!(first, newest[..2]);
    assert_eq!(second, newest[2..4]);
}

#[tokio::test]
async fn the_list_is_narrowed_by_state_kind_and_dossier() {
    let scene = Scene::new().await;
    let id = dead(&scene).await;
    scene.write(vec![due(push(1, 1)), due(push(2, 1)), due(inspect(2))]).await;
    let rows = scene.rows().await;

    let dead = page(&scene, Filter { state: Some(State::Dead), ..Filter::default() }).await;
    let kind = page(&scene, Filter { kind: Some("inspect_file".into()), ..Filter::default() }).await;
    let dossier = page(&scene, Filter { dossier: Some(Uuid::from_u128(2)), ..Filter::default() }).await;

    assert_eq!(dead, [id]);
    assert_eq!(kind, [rows[3].id, rows[0].id]);
    assert_eq!(dossier, [rows[2].id]);
}

#[tokio::test]
async fn the_counts_and_the_oldest_due_leave_out_what_is_done() {
    let scene = Scene::new().await;
    dead(&scene).await;
    scene.write(vec![due(push(1, 1)), NewJob::new(push(2, 1), opening() - TimeDelta::seconds(90))]).await;
    scene.write(vec![due(Job::PurgeExpired {})]).await;
    let done = scene.claim("a", Queue::Quick, 1).await.remove(0);
    marking::done(scene.database.writer(), done.lease(), opening()).await.unwrap();

    let counts = review::counts(scene.database.reader()).await.unwrap();
    let oldest = review::oldest_due(scene.database.reader(), opening()).await.unwrap();

    let counts: Vec<_> = counts.iter().map(|c| (c.queue.as_str(), c.state, c.number)).collect();
    assert_eq!(counts, [("heavy", State::Dead, 1), ("party", State::Ready, 2)]);
    assert_eq!(oldest.len(), 1);
    assert_eq!(oldest[0].since, opening() - TimeDelta::seconds(90));
}

#[tokio::test]
async fn purging_leaves_what_is_dead_or_waits() {
    let scene = Scene::new().await;
    let id = dead(&scene).await;
    scene.write(vec![due(Job::PurgeExpired {}), due(push(1, 1))]).await;
    let done = scene.claim("a", Queue::Quick, 1).await.remove(0);
    marking::done(scene.database.writer(), done.lease(), opening()).await.unwrap();
    let far = opening() + TimeDelta::days(3_650);

    assert_eq!(review::purge(scene.database.writer(), opening() - TimeDelta::days(7), 100).await.unwrap(), 0);
    assert_eq!(review::purge(scene.database.writer(), far, 100).await.unwrap(), 1);

    assert_eq!(scene.rows().await.len(), 2);
    assert!(review::show(scene.database.reader(), id).await.unwrap().is_some());
}

#[tokio::test]
async fn no_list_reads_the_whole_table() {
    let scene = Scene::new().await;
    if scene.database.backend() != sea_orm::DbBackend::Sqlite {
        return;
    }
    let plans = [
        ("state = 'dead' AND state <> 'done'", "jobs_open"),
        ("kind = 'inspect_file'", "jobs_kind"),
        ("dossier_id = x'00'", "jobs_dossier"),
        ("1 = 1", "sqlite_autoindex_jobs_1"),
    ];
    for (filter, index) in plans {
        let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM jobs WHERE {filter} ORDER BY id DESC LIMIT 50");
        let statement = sea_orm::Statement::from_string(scene.database.backend(), sql);
        let rows = scene.database.reader().query_all_raw(statement).await.unwrap();
        let plan: String = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap()).collect();
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{filter}: {plan}");
    }
}

async fn dead(scene: &Scene) -> Uuid {
    scene.write(vec![due(inspect(1))]).await;
    let row = scene.claim("a", Queue::Heavy, 1).await.remove(0);
    marking::bury(scene.database.writer(), row.lease(), opening(), "no such file").await.unwrap();
    row.id
}

async fn page(scene: &Scene, filter: Filter) -> Vec<Uuid> {
    let rows = review::list(scene.database.reader(), &filter, 2).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

//! The walk over the open dossiers may be cut off anywhere and begun again: each is moved once.

use super::desk::{adopt, attempt, deadline, drafted, due, entries, hands, march, received, work};
use crate::queries::{assert_no_scan, plan};
use crate::support::commune::{Commune, DESK, MAU, text, time};
use crate::support::database::TestDatabase;
use crate::support::house::json;
use chrono::TimeDelta;
use entities::calendars::effect::query;
use entities::jobs::row::{Column, Entity};
use rules::jobs::Job;
use rules::lifecycle::{ActKind, TABLE};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QueryTrait};
use serde_json::{Value, json};
use uuid::Uuid;
use workers::Outcome;

async fn recounted(commune: &Commune, dossier: &Value) -> usize {
    entries(commune, dossier).await.iter().filter(|entry| entry["act"] == "recompute").count()
}

#[tokio::test]
async fn w_17_a_repeated_walk_moves_nobody_twice() {
    let commune = Commune::open().await;
    let (one, other) = (received(&commune).await, received(&commune).await);
    let (draft, hands) = (drafted(&commune).await, hands(&commune));
    json(adopt(&commune, &draft, true).await, 201).await;

    let walk = due(&commune).await;
    for _ in 0..2 {
        assert_eq!(attempt(&hands, &walk[0]).await, Outcome::Done);
    }
    let written = due(&commune).await;
    for _ in 0..2 {
        for job in &written {
            assert_eq!(attempt(&hands, job).await, Outcome::Done);
        }
    }

    assert_eq!((walk.len(), written.len()), (1, 3), "{written:?}");
    for dossier in [&one, &other] {
        assert_eq!(recounted(&commune, dossier).await, 1);
        assert_eq!(time(&commune.now(MAU, dossier).await, "due_at"), march(25, 17, 0));
    }
}

#[tokio::test]
async fn w_17_what_another_process_received_before_it_noticed_is_found_by_the_second_walk() {
    let commune = Commune::open().await;
    let (draft, hands) = (drafted(&commune).await, hands(&commune));
    json(adopt(&commune, &draft, true).await, 201).await;
    work(&commune, &hands).await;
    let late = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let late = stale_process(&commune, &late).await;

    commune.pass(TimeDelta::minutes(2));
    work(&commune, &hands).await;

    assert_eq!(time(&deadline(&commune, &late).await, "due"), march(25, 17, 0));
}

/// Receives a dossier as a process does that read the calendar a moment before the adoption.
async fn stale_process(commune: &Commune, dossier: &Value) -> Value {
    let received = commune.done(DESK, dossier, "acceptance", json!({})).await;
    let old = "UPDATE clock_events SET terms = replace(terms, '\"calendar\":2', '\"calendar\":1')";
    commune.database.writer().execute_unprepared(old).await.unwrap();
    received
}

#[tokio::test]
async fn w_17_one_that_ended_meanwhile_is_left_alone() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let (draft, hands) = (drafted(&commune).await, hands(&commune));
    json(adopt(&commune, &draft, true).await, 201).await;
    assert_eq!(attempt(&hands, &due(&commune).await[0]).await, Outcome::Done);

    commune.done(MAU, &dossier, "withdrawal", json!({"reason": "Không cần nữa."})).await;
    let moved = due(&commune).await.into_iter().find(|(_, job)| matches!(job, Job::RecomputeDeadline { .. }));

    assert_eq!(attempt(&hands, &moved.unwrap()).await, Outcome::Done);
    assert_eq!(recounted(&commune, &dossier).await, 0);
}

#[tokio::test]
async fn w_17_the_person_and_the_portal_are_told_once() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let (draft, hands) = (drafted(&commune).await, hands(&commune));
    json(adopt(&commune, &draft, true).await, 201).await;

    work(&commune, &hands).await;
    work(&commune, &hands).await;

    let cause = format!("dossier:{}#{}", text(&dossier, "id"), entries(&commune, &dossier).await.len());
    let told = Entity::find().filter(Column::Cause.eq(cause)).order_by_asc(Column::Kind);
    let told = told.all(commune.database.reader()).await.unwrap();
    let kinds: Vec<&str> = told.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["push_to_portal", "send_notice"]);
}

#[tokio::test]
async fn the_walk_reads_the_open_dossiers_from_their_own_index() {
    let database = TestDatabase::fresh().await;
    for after in [None, Some(Uuid::now_v7())] {
        let plan = plan(&database, query(after)).await;

        assert_no_scan("the walk", &plan);
        assert!(plan.contains("dossiers_open"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "sorted by hand:\n{plan}");
    }
}

#[test]
fn the_walk_looks_at_every_status_that_can_be_counted_anew() {
    let sql = query(None).build(DbBackend::Sqlite).to_string();
    let rows = TABLE.iter().filter(|row| row.act == ActKind::Recompute);
    let from: Vec<_> = rows.flat_map(|row| row.from).map(|status| status.key()).collect();

    assert_eq!(from.len(), 4);
    for status in from {
        assert!(sql.contains(&format!("'{status}'")), "{status}: {sql}");
    }
}

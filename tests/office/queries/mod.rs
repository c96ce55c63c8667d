//! No list scans the whole table: the planner is asked about each.

mod chronicle;
mod documents;
mod results;
mod shipments;
mod warnings;

use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use entities::dossiers::queues::{self, Queue};
use entities::dossiers::reading::{self, Search};
use entities::sealing::Sealer;
use rules::actor::{Actor, Assignment, Role};
use rules::status::Status;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryTrait, Select, Statement};
use secrecy::SecretString;
use uuid::Uuid;

fn sealer() -> Sealer {
    Sealer::new(&SecretString::from("một khóa dài chỉ dùng trong thử nghiệm")).unwrap()
}

fn actor(role: Role, unit: Option<Uuid>) -> Actor {
    Actor {
        subject: "tests|ai-do".into(),
        name: "Người mẫu".into(),
        title: String::new(),
        national_id: Some("006099000001".into()),
        assignments: vec![Assignment { role, unit }],
        scopes: Vec::new(),
        assurance: 2,
        as_of: Some(standing().now()),
    }
}

/// The plan in the planner's words; on PostgreSQL an empty table would always be scanned unless that is forbidden.
pub async fn plan<E: EntityTrait>(db: &TestDatabase, query: Select<E>) -> String {
    let statement = query.build(db.backend());
    let postgres = db.backend() == DbBackend::Postgres;
    let explain = if postgres { "EXPLAIN " } else { "EXPLAIN QUERY PLAN " };
    let tx = db.begin().await.unwrap();
    if postgres {
        tx.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
    }
    let asked = Statement { sql: format!("{explain}{}", statement.sql), ..statement };
    let rows = tx.query_all_raw(asked).await.unwrap();
    let column = if postgres { "QUERY PLAN" } else { "detail" };
    rows.iter().map(|row| row.try_get::<String>("", column).unwrap()).collect::<Vec<_>>().join("\n")
}

#[track_caller]
pub fn assert_no_scan(what: &str, plan: &str) {
    let scans = plan
        .lines()
        .any(|line| line.contains("Seq Scan") || (line.contains("SCAN dossiers") && !line.contains("INDEX")));
    assert!(!scans, "{what} scans:\n{plan}");
}

#[tokio::test]
async fn no_list_of_dossiers_scans_the_table() {
    let (db, sealer, unit) = (TestDatabase::fresh().await, sealer(), Uuid::now_v7());
    let search = || Search { limit: 51, ..Search::default() };
    for (what, by, search) in [
        ("own", actor(Role::Citizen, None), search()),
        ("own, later page", actor(Role::Citizen, None), Search { after: Some(unit), ..search() }),
        ("unit", actor(Role::DeskOfficer, Some(unit)), search()),
        ("unit, later page", actor(Role::DeskOfficer, Some(unit)), Search { after: Some(unit), ..search() }),
        (
            "unit, by status",
            actor(Role::DeskOfficer, Some(unit)),
            Search { status: Some(Status::Received), ..search() },
        ),
        (
            "unit, by name",
            actor(Role::DeskOfficer, Some(unit)),
            Search { words: "nguyễn".into(), ..search() },
        ),
        ("province, later page", actor(Role::Inspector, None), Search { after: Some(unit), ..search() }),
        ("province, one unit", actor(Role::Inspector, None), Search { unit: Some(unit), ..search() }),
    ] {
        for query in reading::queries(&sealer, &by, &search) {
            assert_no_scan(what, &plan(&db, query).await);
        }
    }
}

#[tokio::test]
async fn what_a_unit_settles_for_others_or_sent_them_is_read_from_indices_of_its_own() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let by = actor(Role::DeskOfficer, Some(unit));
    for search in [
        Search { limit: 51, ..Search::default() },
        Search { limit: 51, after: Some(unit), ..Search::default() },
        Search { limit: 51, status: Some(Status::Received), words: "nguyễn".into(), ..Search::default() },
    ] {
        let ways = reading::queries(&sealer(), &by, &search).into_iter().skip(2);
        for (query, index) in ways.zip(["dossiers_elsewhere", "dossiers_sent"]) {
            let plan = plan(&db, query).await;

            assert!(plan.contains(index), "another index:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "sorted by hand:\n{plan}");
        }
    }
}

#[tokio::test]
async fn every_queue_is_read_from_the_index_of_what_waits() {
    let (db, clock) = (TestDatabase::fresh().await, standing());
    let by = actor(Role::DeskOfficer, Some(Uuid::now_v7()));
    for queue in [Queue::Mine, Queue::Unit, Queue::Late, Queue::DueToday, Queue::Unclaimed] {
        for after in [None, Some((clock.now(), Uuid::now_v7()))] {
            let plan = plan(&db, queues::query((&by, clock.now()), queue, after, 51)).await;

            assert_no_scan(queue.key(), &plan);
            assert!(plan.contains("dossiers_"), "{} uses no index of its own:\n{plan}", queue.key());
            assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{} is sorted by hand:\n{plan}", queue.key());
        }
    }
}

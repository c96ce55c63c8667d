//! The queue as officers read and move it.

use super::closing::follow;
use super::scene::{codes, digitising, execute, items, received};
use crate::queries::{assert_no_scan, plan};
use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, text};
use crate::support::database::TestDatabase;
use crate::support::house::{json, problem};
use entities::digitisations::queue::{Search, query};
use entities::digitisations::{batches, sweeping};
use rules::actor::{Actor, Assignment, Role};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_unit_reads_its_own_queue_and_others_do_not() {
    let commune = digitising().await;
    received(&commune).await;

    let own = commune.read(DESK, "/v1/digitisations?state=waiting&stage=scan&origin=intake").await;
    let first = commune.read(CASE, "/v1/digitisations?limit=1").await;
    let next = commune.read(CASE, &format!("/v1/digitisations?limit=1&after={}", text(&first, "next"))).await;
    let stuck = commune.read(DESK, "/v1/digitisations?state=stuck").await;
    let next_door = commune.read(NEIGHBOUR, "/v1/digitisations").await;
    let province = commune.read(INSPECTOR, "/v1/digitisations").await;

    assert_eq!(own["items"].as_array().unwrap().len(), 2);
    assert_ne!(first["items"][0]["id"], next["items"][0]["id"]);
    assert_eq!((&stuck["items"], &next_door["items"]), (&json!([]), &json!([])));
    assert_eq!(province["items"].as_array().unwrap().len(), 2);
    problem(commune.get(MAU, "/v1/digitisations").await, 403, "forbidden").await;
}

#[tokio::test]
async fn a_scan_sends_the_paper_to_its_inspection_and_stands_with_the_dossier() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let item = items(&commune, &dossier).await.remove(0);
    let file = commune.paper(DESK).await;

    let taken = json(follow(&commune, DESK, &item, "scan", json!({"file": file})).await, 201).await;
    let stale = follow(&commune, DESK, &item, "scan", json!({"file": file})).await;

    assert_eq!((&taken["stage"], &taken["waits_for"]), (&json!("inspect"), &json!("inspection")));
    assert_eq!(taken["scanned_name"], "Hoàng Văn Cửa");
    problem(stale, 412, "stale").await;
    let papers = commune.read(DESK, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    assert_eq!(papers[0]["file"], file);
    let told = commune.read(DESK, &format!("/v1/digitisations/{}", item.id)).await;
    assert_eq!(told["events"][0]["kind"], "scanned");
}

#[tokio::test]
async fn a_file_of_somebody_else_is_no_scan() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let item = items(&commune, &dossier).await.remove(0);
    let file = commune.paper(MAU).await;

    let told = follow(&commune, DESK, &item, "scan", json!({"file": file})).await;

    problem(told, 422, "body_invalid").await;
}

#[tokio::test]
async fn a_paper_that_is_stuck_is_tried_again_and_one_that_is_not_is_left_alone() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let item = items(&commune, &dossier).await.remove(0);
    let waiting = problem(follow(&commune, DESK, &item, "retry", json!({})).await, 409, "act_refused").await;
    execute(
        &commune,
        "UPDATE digitisations SET state = 'stuck', stage = 'recognise', waits_for = 'operator', trouble = 'Máy hỏng.'",
    )
    .await;

    let tried = json(follow(&commune, DESK, &item, "retry", json!({})).await, 201).await;

    assert_eq!(codes(&waiting), ["not_stuck"]);
    assert_eq!((&tried["state"], &tried["trouble"]), (&json!("working"), &Value::Null));
    assert_eq!(jobs(&commune, &format!("paper:{}", item.id)).await, 1);
}

#[tokio::test]
async fn a_machine_that_was_stopped_waits_for_an_officer() {
    let commune = digitising().await;
    let dossier = received(&commune).await;
    let item = items(&commune, &dossier).await.remove(0);
    let idle = follow(&commune, DESK, &item, "cancellation", json!({})).await;
    execute(&commune, "UPDATE digitisations SET state = 'working', stage = 'recognise', waits_for = NULL")
        .await;

    let stopped = json(follow(&commune, CASE, &item, "cancellation", json!({})).await, 201).await;

    assert_eq!(codes(&problem(idle, 409, "act_refused").await), ["not_running"]);
    assert_eq!((&stopped["state"], &stopped["waits_for"]), (&json!("stuck"), &json!("operator")));
    let item = items(&commune, &dossier).await.remove(0);
    assert!(item.cancelled_at.is_some());
}

async fn jobs(commune: &Commune, key: &str) -> u64 {
    use entities::jobs::row::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
    Entity::find().filter(Column::OrderingKey.eq(key)).count(commune.database.reader()).await.unwrap()
}

#[tokio::test]
async fn no_list_of_papers_scans_the_table() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let by = |role, unit| Actor { assignments: vec![Assignment { role, unit }], ..Actor::office() };
    let desk = by(Role::DeskOfficer, Some(unit));
    let search = Search { limit: 51, after: Some(Uuid::now_v7()), ..Search::default() };

    for (what, plan) in [
        ("the queue of a unit", plan(&db, query(&desk, &search)).await),
        ("the queue of the province", plan(&db, query(&by(Role::Inspector, None), &search)).await),
        ("batches", plan(&db, batches::query(&desk, (None, None), 51)).await),
        ("the sweep", plan(&db, sweeping::query(crate::support::clock::opening())).await),
    ] {
        assert_no_scan(what, &plan);
        let scans = plan.lines().any(|line| line.starts_with("SCAN ") && !line.contains("INDEX"));
        assert!(!scans, "{what} scans:\n{plan}");
    }
}

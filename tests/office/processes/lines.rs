//! Lines to the parties over real processes: a state said at one is followed by all, calls add up over all.

use super::books::Books;
use super::passports::Person;
use super::premises::{Api, Plan, Premises};
use super::waiting::until;
use super::walk::Walk;
use entities::jobs::row::{Column, Entity, State};
use futures::future::join_all;
use rules::actor::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_state_said_at_one_process_is_followed_by_another_within_five_seconds() {
    let office = Premises::open(Plan::default()).await;
    let (api, _worker) = (office.api().await, office.worker().await);
    let administrator = office.appoint("quan-tri", &[Role::Administrator]).await;
    let books = Books { database: &office.database, parties: &office.parties };

    say(&api, &administrator, "off").await;
    let said = Instant::now();
    let mut number = 0;
    while !a_new_dossier_waits(&office, &api, number).await {
        number += 1;
    }
    let noticed = said.elapsed();
    say(&api, &administrator, "live").await;
    books.settle().await;

    assert!(noticed < Duration::from_secs(5), "{noticed:?}");
    books.assert_whole().await;
    books.assert_said_once().await;
}

/// Hands a dossier in and tells whether the portal was told of it, or has to wait.
async fn a_new_dossier_waits(office: &Premises, api: &Api, number: usize) -> bool {
    Walk::begin(&office.at(api), number).await;
    until("the portal was told, or waits", async || {
        let pushes = Entity::find().filter(Column::Kind.eq("push_to_portal"));
        let rows = pushes.all(office.database.reader()).await.unwrap();
        let waits = rows.iter().any(|row| row.awaited_party.as_deref() == Some("dvcqg"));
        let told = rows.iter().all(|row| row.state == State::Done);
        (waits || told).then_some(waits)
    })
    .await
}

async fn say(api: &Api, by: &Person, state: &str) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.put(format!("{}/v1/admin/connectors/dvcqg/state", api.url)).bearer_auth(&by.token);
    let body = json!({"state": state, "reason": "Kế hoạch của tỉnh"});
    let answer = request.header("if-match", "*").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_add_up_over_processes_and_over_their_restarts() {
    let office = Premises::open(Plan::default()).await;
    let (api, first, second) = (office.api().await, office.worker().await, office.worker().await);
    let door = office.at(&api);
    let books = Books { database: &office.database, parties: &office.parties };

    join_all((0..6).map(|number| Walk::begin(&door, number))).await;
    books.settle().await;
    first.terminate().await;
    assert!(first.end().await.success());
    let third = office.worker().await;
    join_all((6..10).map(|number| Walk::begin(&door, number))).await;
    books.settle().await;
    for worker in [second, third] {
        worker.terminate().await;
        assert!(worker.end().await.success());
    }

    let received = office.parties.portal.received().await;
    let records = received["requests"].as_array().unwrap().iter().filter(is_record).count();
    let counted = counted(&office, "DongBoHoSoMC").await;
    assert!(records >= 10, "{received}");
    assert_eq!(counted, i64::try_from(records).unwrap());
}

fn is_record(request: &&Value) -> bool {
    request["body"]["service"] == "DongBoHoSoMC"
}

async fn counted(office: &Premises, service: &str) -> i64 {
    let sql = "SELECT CAST(SUM(answered) AS BIGINT) AS answered FROM connector_days WHERE key = 'dvcqg' AND service = $1";
    let db = office.database.reader();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [service.into()]);
    db.query_one_raw(statement).await.unwrap().unwrap().try_get("", "answered").unwrap()
}

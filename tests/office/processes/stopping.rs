//! SIGTERM: what is under way ends, what has not begun is given back, and the process ends well.

use super::books::Books;
use super::passports::Person;
use super::premises::{Api, Plan, Premises};
use super::waiting::{PATIENCE, until};
use super::walk::{Walk, application, files};
use entities::jobs::row::State;
use futures::future::join_all;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_api_told_to_stop_answers_the_request_under_way_and_takes_no_other() {
    let office = Premises::open(Plan::default()).await;
    let (api, citizen) = (office.api().await, office.citizen(1));
    let papers = files(&office.database, &[citizen.subject.clone(), citizen.subject.clone()]).await;
    let body = application(office.unit, 1, &papers).to_string();
    let (begin, rest) = body.as_bytes().split_at(body.len() / 2);
    let mut line = begun(&api, &citizen, body.len()).await;
    line.write_all(begin).await.unwrap();

    api.process.terminate().await;
    let place = api.url.trim_start_matches("http://").to_owned();
    until("the door is closed", async || TcpStream::connect(&place).await.err()).await;
    line.write_all(rest).await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, line.read_to_string(&mut answer)).await.unwrap().unwrap();

    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(api.process.end().await.code(), Some(0));
    let books = Books { database: &office.database, parties: &office.parties };
    assert_eq!(books.dossiers().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_told_to_stop_ends_what_it_has_begun_and_begins_nothing_more() {
    let late = Duration::from_secs(2);
    let office = Premises::open(Plan { late, party: 1, ..Plan::default() }).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    let worker = office.worker().await;
    Walk::begin(&office.at(&api), 1).await;
    books.settle().await;

    let under_way = slowly(&office, &api).await;
    worker.terminate().await;
    let ended = worker.end().await;

    assert_eq!(ended.code(), Some(0));
    let left = books.open_jobs().await;
    let untouched = |state: State, attempts: i32| state == State::Ready && attempts == 0;
    assert!(left.iter().all(|job| untouched(job.state, job.attempts)), "{left:#?}");
    assert!(!left.is_empty(), "the others wait for another worker");
    let held = office.parties.portal.received().await["dossiers"][&under_way].clone();
    assert_eq!(held["progress"].as_array().unwrap().len(), 1, "the one under way came to its end");
    let _next = office.worker().await;
    books.settle().await;
    books.assert_whole().await;
    books.assert_said_once().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_whose_drain_is_over_gives_back_what_it_holds() {
    let long = 600_000;
    let plan = Plan { party: 1, drain_ms: 300, lease_ms: long, ..Plan::default() };
    let office = Premises::open(plan).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    let worker = office.worker().await;
    Walk::begin(&office.at(&api), 1).await;
    books.settle().await;

    slowly(&office, &api).await;
    worker.terminate().await;
    let ended = timeout(Duration::from_secs(15), worker.end()).await.expect("it does not wait for the party");

    assert_eq!(ended.code(), Some(0));
    let left = books.open_jobs().await;
    assert!(left.iter().all(|job| job.state == State::Ready && job.lease_owner.is_none()), "{left:#?}");
    let _next = office.worker().await;
    books.settle().await;
    books.assert_whole().await;
}

/// Three dossiers, one of which the portal has taken and is late in saying so; gives its code.
async fn slowly(office: &Premises, api: &Api) -> String {
    office.parties.portal.magic("slow").await;
    let door = office.at(api);
    let walks = join_all([2, 3, 4].map(|number| Walk::begin(&door, number))).await;
    until("one is under way", async || {
        let held = office.parties.portal.received().await["dossiers"].clone();
        walks.iter().find(|walk| held.get(&walk.code).is_some()).map(|walk| walk.code.clone())
    })
    .await
}

/// A submission whose head has been heard and whose body is still to come.
async fn begun(api: &Api, citizen: &Person, length: usize) -> TcpStream {
    let mut line = TcpStream::connect(api.url.trim_start_matches("http://")).await.unwrap();
    let head = format!(
        "POST /v1/dossiers HTTP/1.1\r\nhost: motcua.test\r\nauthorization: Bearer {}\r\nidempotency-key: mot\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n\r\n",
        citizen.token
    );
    line.write_all(head.as_bytes()).await.unwrap();
    let mut heard = [0; 25];
    timeout(PATIENCE, line.read_exact(&mut heard)).await.unwrap().unwrap();
    assert_eq!(&heard, b"HTTP/1.1 100 Continue\r\n\r\n");
    line
}

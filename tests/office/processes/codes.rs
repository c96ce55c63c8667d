//! Many at once at two API processes: codes without a gap, effects without a repetition.

use super::books::{Books, assert_consecutive};
use super::premises::{Plan, Premises};
use super::walk::{application, files};
use crate::support::servers;
use futures::future::join_all;
use std::collections::BTreeSet;

/// On SQLite the two processes share one file: the second waits for the first at its lock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn c_13_sixty_four_submitters_at_two_processes_get_sixty_four_consecutive_codes() {
    let office = Premises::open(Plan { redis: servers::redis_url(), ..Plan::default() }).await;
    let people: Vec<_> = (0..64).map(|number| office.citizen(number)).collect();
    let owners: Vec<String> = people.iter().flat_map(|p| [p.subject.clone(), p.subject.clone()]).collect();
    let papers = files(&office.database, &owners).await;
    let apis = [office.api().await, office.api().await];
    let workers = [office.worker().await, office.worker().await];

    let asked = people.iter().enumerate().map(|(number, person)| {
        let body = application(office.unit, number, &papers[2 * number..]);
        let request = office.ask(&apis[number % 2].url, person, "/v1/dossiers", "nop").json(&body);
        async move { request.send().await.unwrap().status().as_u16() }
    });
    let answers: BTreeSet<u16> = join_all(asked).await.into_iter().collect();

    let books = Books { database: &office.database, parties: &office.parties };
    assert_eq!(answers, BTreeSet::from([201]));
    let dossiers = books.dossiers().await;
    assert_eq!(dossiers.len(), 64);
    assert_consecutive(&dossiers);
    books.settle().await;
    books.assert_whole().await;
    books.assert_said_once().await;
    drop((apis, workers));
}

//! Many officers at one queue.

use super::books::Books;
use super::premises::{Plan, Premises};
use super::walk::Walk;
use futures::future::join_all;
use rules::actor::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_officers_who_take_next_never_get_the_same_dossier_and_leave_none() {
    let office = Premises::open(Plan::default()).await;
    let apis = [office.api().await, office.api().await];
    let mut officers = Vec::new();
    for number in 0..8 {
        officers.push(office.appoint(&format!("can-bo-{number}"), &[Role::DeskOfficer]).await);
    }
    let door = office.at(&apis[0]);
    let waiting: BTreeSet<String> =
        join_all((0..40).map(|n| Walk::begin(&door, n))).await.into_iter().map(|walk| walk.code).collect();

    let taking = officers.iter().enumerate().map(|(number, officer)| {
        let (office, url) = (&office, &apis[number % 2].url);
        async move {
            let mut taken = Vec::new();
            loop {
                let key = format!("lay-{}", taken.len());
                let request = office.ask(url, officer, "/v1/queues/unclaimed/next", &key).json(&json!({}));
                let answer = request.send().await.unwrap();
                if answer.status() == 204 {
                    return taken;
                }
                assert_eq!(answer.status(), 200);
                let dossier: Value = answer.json().await.unwrap();
                taken.push(dossier["code"].as_str().unwrap().to_owned());
            }
        }
    });
    let taken: Vec<Vec<String>> = join_all(taking).await;

    let all: Vec<&String> = taken.iter().flatten().collect();
    assert_eq!(all.len(), 40, "no two the same");
    assert_eq!(all.into_iter().cloned().collect::<BTreeSet<_>>(), waiting);
    let books = Books { database: &office.database, parties: &office.parties };
    for dossier in books.dossiers().await {
        let holder = officers.iter().position(|o| Some(&o.subject) == dossier.assignee.as_ref()).unwrap();
        assert!(taken[holder].contains(&dossier.code), "who was told is who has it");
    }
}

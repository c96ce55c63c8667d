//! `kill -9` of the API while people hand in: who asks again under the same key has one dossier.

use super::books::{Books, assert_consecutive};
use super::passports::Person;
use super::premises::{Plan, Premises};
use super::waiting::until;
use super::walk::{application, files};
use futures::future::{join, join_all};
use serde_json::Value;
use std::collections::BTreeSet;
use tokio::sync::watch;
use uuid::Uuid;

const PEOPLE: usize = 48;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_again_after_a_killed_api_has_exactly_one_dossier() {
    let office = Premises::open(Plan::default()).await;
    let people: Vec<Person> = (0..PEOPLE).map(|number| office.citizen(number)).collect();
    let owners: Vec<String> = people.iter().flat_map(|p| [p.subject.clone(), p.subject.clone()]).collect();
    let papers = files(&office.database, &owners).await;
    let books = Books { database: &office.database, parties: &office.parties };
    let mut api = office.api().await;
    let (moved, address) = watch::channel(api.url.clone());

    let everybody = || {
        let each = people.iter().enumerate();
        join_all(each.map(|(number, person)| {
            hand_in(&office, address.clone(), person, application(office.unit, number, &papers[2 * number..]))
        }))
    };
    let killing = async {
        for enough in [4, 14, 28] {
            until("some are handed in", async || (books.dossiers().await.len() >= enough).then_some(()))
                .await;
            api.process.kill().await;
            api = office.api().await;
            moved.send_replace(api.url.clone());
        }
        api
    };
    let (told, _api) = join(everybody(), killing).await;
    let again = everybody().await;

    assert_eq!(told, again, "a repeated key hears the first answer");
    let dossiers = books.dossiers().await;
    assert_consecutive(&dossiers);
    let codes: BTreeSet<&String> = dossiers.iter().map(|dossier| &dossier.code).collect();
    assert_eq!((dossiers.len(), codes), (PEOPLE, told.iter().collect()));
    let kinds: BTreeSet<(Option<Uuid>, String)> =
        books.open_jobs().await.into_iter().map(|job| (job.dossier_id, job.kind)).collect();
    assert_eq!(
        (books.open_jobs().await.len(), kinds.len()),
        (2 * PEOPLE, 2 * PEOPLE),
        "a letter and a push each"
    );
}

/// Asks under one key until there is an answer, wherever the API has gone; gives the code.
async fn hand_in(
    office: &Premises,
    address: watch::Receiver<String>,
    person: &Person,
    body: Value,
) -> String {
    until("an answer", async || {
        let url = address.borrow().clone();
        let request = office.ask(&url, person, "/v1/dossiers", "mot-lan").json(&body);
        let answer = request.send().await.ok()?;
        let status = answer.status();
        let dossier: Value = answer.json().await.ok()?;
        assert!(status == 201 || status.is_server_error(), "{status}: {dossier}");
        dossier["code"].as_str().filter(|_| status == 201).map(str::to_owned)
    })
    .await
}

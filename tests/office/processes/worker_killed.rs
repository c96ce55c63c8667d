//! `kill -9` of the worker, after the effect and before the mark, and anywhere else.

use super::books::Books;
use super::premises::{Plan, Premises};
use super::waiting::until;
use super::walk::Walk;
use entities::tables::{notices, portal_pushes};
use futures::future::join_all;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_whose_worker_was_killed_while_the_portal_answered_is_finished_by_the_next() {
    let office = Premises::open(Plan { lease_ms: 1_000, ..Plan::default() }).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    let worker = office.worker().await;
    let first = Walk::begin(&office.at(&api), 1).await;
    books.settle().await;

    office.parties.portal.magic("slow").await;
    let second = Walk::begin(&office.at(&api), 3).await;
    until("the portal has it and has not said so", async || {
        let held = office.parties.portal.received().await["dossiers"][&second.code]["pushes"].clone();
        (held == 1).then_some(())
    })
    .await;
    worker.kill().await;
    let noted = portal_pushes::Entity::find().count(office.database.reader()).await.unwrap();
    let _next = office.worker().await;
    books.settle().await;

    assert_eq!(noted, 1, "the effect was made and not marked");
    books.assert_whole().await;
    let held = office.parties.portal.received().await["dossiers"].clone();
    assert_eq!((&held[&first.code]["pushes"], &held[&second.code]["pushes"]), (&1.into(), &2.into()));
    assert_eq!(held[&second.code]["progress"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_whose_worker_was_killed_before_it_was_noted_is_known_again_in_the_mailbox() {
    let office = Premises::open(Plan { lease_ms: 1_000, ..Plan::default() }).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    office.parties.mail.magic("slow").await;
    let worker = office.worker().await;
    Walk::begin(&office.at(&api), 1).await;

    until("the letter is in the mailbox", async || {
        let letters = office.parties.mail.received().await["letters"].clone();
        (letters.as_array().unwrap().len() == 1).then_some(())
    })
    .await;
    worker.kill().await;
    let handed = notices::Column::State.eq("handed").and(notices::Column::Channel.eq("email"));
    let noted = notices::Entity::find().filter(handed).count(office.database.reader()).await.unwrap();
    let _next = office.worker().await;
    books.settle().await;

    assert_eq!(noted, 0, "the effect was made and not marked");
    books.assert_whole().await;
    assert_eq!(office.parties.mail.received().await["letters"][0]["copies"], 2);
}

/// Each time the worker falls when some more jobs were done, others are under way and a party is slow.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_twenty_times_loses_and_doubles_nothing() {
    let late = Duration::from_millis(250);
    let office = Premises::open(Plan { late, lease_ms: 1_000, ..Plan::default() }).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    let door = office.at(&api);
    let mut walks = join_all((0..10).map(|number| Walk::begin(&door, number))).await;

    for kill in 0..20 {
        let party = if kill % 3 == 0 { &office.parties.mail } else { &office.parties.portal };
        party.magic("slow").await;
        let before = books.done().await;
        let worker = office.worker().await;
        let some = walks.iter_mut().skip(kill % 2).step_by(2);
        join_all(some.map(|walk| walk.step(&door))).await;
        until("some more jobs are done", async || {
            (books.done().await > before + (kill as u64 % 5)).then_some(())
        })
        .await;
        worker.kill().await;
    }
    let cut_off = books.open_jobs().await.len();
    let _last = office.worker().await;
    books.settle().await;

    assert!(cut_off > 0, "the last one fell while there was work");
    books.assert_whole().await;
    assert!(books.said_again().await > 0, "some fell between the effect and the mark");
    for walk in &mut walks {
        assert!(!walk.step(&door).await, "every walk came to its end");
    }
}

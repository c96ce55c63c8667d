//! Refunds that a platform sends back while nobody gets through to it for a day: they wait, and go once.

use super::parties::Party;
use super::platforms_down::Till;
use super::road::Road;
use crate::support::clock;
use chrono::TimeDelta;
use connectors::registry::find;
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::dossiers::Door;
use entities::jobs::row::State;
use entities::refunds::Proposal;
use entities::tables::refunds::{Column, Entity, Model};
use rules::actor::{Actor, Assignment, Role};
use rules::fees::FeeKind;
use rules::fees::refunds::{Ground, RefundAct};
use sea_orm::{EntityTrait, QueryOrder};
use std::time::Duration;
use uuid::Uuid;

const KEY: &str = "keypay_v3";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f_06_refunds_wait_a_day_for_a_platform_that_cannot_be_reached_and_go_once() {
    let clock = clock::standing();
    let platform = Party::start(KEY, &clock, Duration::ZERO);
    let mut road = Road::to(platform.url()).await;
    let entry = find(KEY).unwrap();
    let connector = (entry.build)((entry.example)(&road.url()), Wire::default()).unwrap();
    let till = Till::open_over(clock, platform, Wires::default().with(KEY, connector)).await;
    let books = till.books();
    till.news_go_to(&till.callback()).await;
    for number in 0..3 {
        let dossier = till.owing(number).await;
        let payment = till.opened(&dossier).await;
        till.press(&payment, "pays").await;
        till.until_paid(&payment).await;
    }

    road.close().await;
    for payment in till.rows().await {
        give_back(&till, payment.id).await;
    }
    for _ in 0..48 {
        till.room.pass(TimeDelta::minutes(30), &books).await;
    }
    let waiting = refunds(&till).await;
    let waits = |row: &Model| row.state == "approved" && row.via.is_some() && row.asked_at.is_none();
    assert!(waiting.len() == 3 && waiting.iter().all(waits), "nobody has to look first: {waiting:#?}");
    assert_eq!(books.jobs(State::Dead).await, []);

    road.open().await;
    till.room.drain(&books).await;
    till.sweep().await;
    till.room.drain(&books).await;

    assert_eq!(books.jobs(State::Dead).await, []);
    let gone = refunds(&till).await;
    assert!(gone.iter().all(|row| row.state == "paid_out"), "{gone:#?}");
    for held in till.held().await {
        assert_eq!(held["refunds"].as_array().unwrap().len(), 1, "once: {held}");
    }
    till.close().await;
}

/// Money that was taken by mistake is proposed by finance and approved by another person.
async fn give_back(till: &Till, payment: Uuid) {
    let house = &till.room.house;
    let (proposer, approver) = (officer(till, "kế toán"), officer(till, "lãnh đạo"));
    let proposal =
        Proposal {
            ground: Ground::Mistaken, kind: FeeKind::Phi, amount: 1_000, reason: "Thu nhầm.".into()
        };
    let tx = house.database.begin().await.unwrap();
    let (catalogue, sealer) = (&house.office.catalogue, &house.office.sealer);
    let door = |by| Door { tx: &tx, catalogue, sealer, by, at: house.clock.now(), trace: None };
    let refund = door(&proposer).propose_refund(payment, &proposal).await.unwrap();
    let approved = door(&approver).follow_refund(refund.id, None, RefundAct::Approve, "").await.unwrap();
    door(&approver).order_refund(approved, KEY).await.unwrap();
    tx.commit().await.unwrap();
}

fn officer(till: &Till, name: &str) -> Actor {
    use super::walk::Office;
    let roles = [Role::Finance, Role::Approver];
    let assignments = roles.map(|role| Assignment { role, unit: Some(till.room.unit()) });
    Actor {
        subject: format!("thử nghiệm|{name}"),
        name: name.into(),
        title: "Công chức".into(),
        national_id: None,
        assignments: assignments.into(),
        scopes: Vec::new(),
        assurance: 2,
        as_of: None,
    }
}

async fn refunds(till: &Till) -> Vec<Model> {
    let rows = Entity::find().order_by_asc(Column::Id);
    rows.all(till.room.house.database.reader()).await.unwrap()
}

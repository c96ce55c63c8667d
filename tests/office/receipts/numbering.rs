//! No gap and no number twice, whoever takes money at the same moment and whatever fails (F-16).

use super::scene::{both, receipts, series};
use crate::payments::tally::asked;
use crate::support::commune::{Commune, DESK, text};
use chrono::{DateTime, Utc};
use entities::dossiers::Door;
use entities::payments::desk::Taking;
use entities::tables::receipts::{Entity, Model};
use rules::actor::{Actor, Assignment, Role};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json as body};
use uuid::Uuid;

fn cashier(commune: &Commune) -> Actor {
    let assignments = vec![Assignment { role: Role::DeskOfficer, unit: Some(commune.unit) }];
    Actor { subject: "tests|thu-ngan".into(), name: "Thu ngân".into(), assignments, ..Actor::office() }
}

/// Takes the fee of a dossier in a transaction of its own, kept or given up.
async fn take(commune: &Commune, dossier: &Value, kept: bool) {
    let by = cashier(commune);
    let tx = commune.office.db.begin().await.unwrap();
    let (catalogue, sealer, at) = (&commune.office.catalogue, &commune.office.sealer, commune.clock.now());
    let door = Door { tx: &tx, catalogue, sealer, by: &by, at, trace: None };
    let id: Uuid = text(dossier, "id").parse().unwrap();
    door.take(id, None, &Taking::default()).await.unwrap();
    if kept {
        tx.commit().await.unwrap();
    } else {
        tx.rollback().await.unwrap();
    }
}

async fn numbers(commune: &Commune) -> Vec<i32> {
    let rows: Vec<Model> = Entity::find()
        .order_by_asc(entities::tables::receipts::Column::Number)
        .all(commune.database.reader())
        .await
        .unwrap();
    rows.iter().map(|row| row.number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn f_16_eight_who_take_money_at_once_leave_no_gap_whatever_is_rolled_back() {
    let commune = Commune::open().await;
    both(&commune).await;
    let mut taken = 0;
    for round in [0b1011_0101_u8, 0b0000_0001, 0b1111_1111, 0b0101_1010, 0b0111_1110] {
        let kept: Vec<bool> = (0..8).map(|taker| round >> taker & 1 == 1).collect();
        let mut dossiers = Vec::new();
        for _ in &kept {
            dossiers.push(asked(&commune).await);
        }

        let takers = dossiers.iter().zip(&kept).map(|(dossier, kept)| take(&commune, dossier, *kept));
        futures::future::join_all(takers).await;

        taken += kept.iter().filter(|kept| **kept).count();
        let expected: Vec<i32> = (1..=i32::try_from(taken).unwrap()).collect();
        assert_eq!(numbers(&commune).await, expected, "{kept:?}");
    }
    assert!(taken > 4);
}

#[tokio::test]
async fn f_10_numbers_begin_anew_with_the_year_and_lose_their_noughts_in_july() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let commune = Commune::open_at(at("2026-06-30T03:00:00Z")).await;
    both(&commune).await;
    let mut told = Vec::new();
    for moment in
        ["2026-06-30T03:00:00Z", "2026-07-01T03:00:00Z", "2026-12-31T16:59:00Z", "2026-12-31T17:00:00Z"]
    {
        commune.pass(at(moment) - commune.clock.now());
        let dossier = asked(&commune).await;
        commune.done(DESK, &dossier, "cash-payment", body!({})).await;
        let receipt = receipts(&commune, &dossier).await.remove(0);
        told.push((receipt["year"].as_i64().unwrap(), text(&receipt, "number").to_owned()));
    }

    let expected = [(2026, "0000001"), (2026, "2"), (2026, "3"), (2027, "1")];
    assert_eq!(told, expected.map(|(year, number)| (year, number.to_owned())));
}

#[tokio::test]
async fn f_10_a_new_series_takes_the_place_of_the_one_before_from_its_first_day() {
    let commune = Commune::open().await;
    both(&commune).await;
    series(&commune, "phi", "electronic", "DX/26Q", "2026-03-11").await;
    let mut told = Vec::new();
    for _ in 0..2 {
        let dossier = asked(&commune).await;
        commune.done(DESK, &dossier, "cash-payment", body!({})).await;
        let receipt = receipts(&commune, &dossier).await.remove(0);
        told.push(format!("{} {}", text(&receipt, "series_code"), text(&receipt, "number")));
        commune.pass(chrono::TimeDelta::days(1));
    }

    assert_eq!(told, ["DX/26P 0000001", "DX/26Q 0000001"]);
}

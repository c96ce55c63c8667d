//! The chains are checked from the database alone, and the place of every change is named.

use super::{entries, handled, signed, signing_key};
use crate::support::commune::{Commune, text};
use crate::support::forced::forced;
use entities::chronicle::chaining::{LATE, chain};
use entities::chronicle::verifying::{Account, Scope, verify};
use entities::tables::{chronicle, chronicle_links, history};
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder};
use uuid::Uuid;

async fn checked(commune: &Commune) -> Account {
    verify(commune.database.reader(), &Scope::default()).await.unwrap()
}

async fn links(commune: &Commune) -> Vec<chronicle_links::Model> {
    let rows = chronicle_links::Entity::find().order_by_asc(chronicle_links::Column::Chain);
    rows.order_by_asc(chronicle_links::Column::Seq).all(commune.database.reader()).await.unwrap()
}

/// The chain of the commune.
async fn of_the_commune(commune: &Commune) -> Vec<chronicle_links::Model> {
    let name = commune.unit.to_string();
    links(commune).await.into_iter().filter(|link| link.chain == name).collect()
}

#[tokio::test]
async fn every_entry_is_linked_once_in_the_chain_of_its_unit_and_the_heads_are_signed() {
    let commune = Commune::open().await;
    handled(&commune).await;
    assert_eq!(checked(&commune).await.links, 0);

    signed(&commune).await;
    signed(&commune).await;

    let (noted, links, account) = (entries(&commune).await, links(&commune).await, checked(&commune).await);
    assert_eq!(links.len(), noted.len());
    assert_eq!(account.links, u64::try_from(noted.len()).unwrap());
    assert_eq!((account.records, account.waiting), (2, 0));
    assert_eq!(account.checkpoints, account.chains, "a head is signed once: {account:?}");
    assert_eq!(account.breaks, Vec::<String>::new());
    let here = of_the_commune(&commune).await;
    let places: Vec<i64> = here.iter().map(|link| link.seq).collect();
    assert_eq!(places, [1, 2, 3, 4]);
}

#[tokio::test]
async fn an_entry_that_was_committed_late_is_linked_behind_those_before_it() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let newest = entries(&commune).await.pop().unwrap();
    let earlier = Uuid::from_u128(newest.id.as_u128() - (60_000 << 80));
    let late = chronicle::Model { id: earlier, ..newest };
    chronicle::Entity::insert(late.into_active_model())
        .exec_without_returning(commune.database.writer())
        .await
        .unwrap();

    assert_eq!(chain(&commune.database, LATE).await.unwrap(), 1);

    assert_eq!(of_the_commune(&commune).await.pop().unwrap().entry_id, earlier);
    assert_eq!(checked(&commune).await.breaks, Vec::<String>::new());
}

#[tokio::test]
async fn a_changed_entry_is_found_and_named() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let second = of_the_commune(&commune).await[1].clone();

    forced(&commune.database, "UPDATE chronicle SET what = 'GET /v1/units' WHERE kind = 'read'").await;

    let breaks = checked(&commune).await.breaks;
    let place = format!("chain {}, link 2, entry {}: its entry was changed", commune.unit, second.entry_id);
    assert_eq!(breaks, [place]);
}

#[tokio::test]
async fn a_removed_entry_a_removed_link_and_a_cut_end_are_found() {
    for (table, wanted) in [
        ("chronicle", "link 2, entry"),
        ("chronicle_links", "link 2 before it was removed"),
        ("the end", "it ends at link"),
    ] {
        let commune = Commune::open().await;
        handled(&commune).await;
        signed(&commune).await;
        let chain = commune.unit;
        let order = match table {
            "chronicle" => "DELETE FROM chronicle WHERE kind = 'read'".to_owned(),
            "chronicle_links" => format!("DELETE FROM chronicle_links WHERE chain = '{chain}' AND seq = 2"),
            _ => format!("DELETE FROM chronicle_links WHERE chain = '{chain}' AND seq > 2"),
        };

        forced(&commune.database, &order).await;

        let breaks = checked(&commune).await.breaks;
        assert!(breaks[0].contains(wanted), "{table}: {breaks:?}");
    }
}

#[tokio::test]
async fn an_entry_put_in_between_is_found() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let newest = entries(&commune).await.pop().unwrap();
    let older = Uuid::from_u128(newest.id.as_u128() - (3_600_000 << 80));
    let forged = chronicle::Model { id: older, ..newest };
    chronicle::Entity::insert(forged.into_active_model())
        .exec_without_returning(commune.database.writer())
        .await
        .unwrap();

    let breaks = checked(&commune).await.breaks;

    assert_eq!(breaks, [format!("entry {older}: it stands in no chain, among entries that do")]);
}

#[tokio::test]
async fn a_rewritten_history_entry_is_found_and_named() {
    for (order, wanted) in [
        ("UPDATE history SET actor_name = 'Ai Đó' WHERE seq = 2", "was changed"),
        ("DELETE FROM history WHERE seq = 2", "was removed"),
    ] {
        let commune = Commune::open().await;
        handled(&commune).await;
        signed(&commune).await;

        forced(&commune.database, order).await;

        let breaks = checked(&commune).await.breaks;
        assert!(
            breaks[0].contains("history entry 2 of dossier") && breaks[0].ends_with(wanted),
            "{breaks:?}"
        );
    }
}

#[tokio::test]
async fn a_history_entry_that_nobody_did_is_found() {
    let commune = Commune::open().await;
    let dossier = handled(&commune).await;
    signed(&commune).await;
    let rows = history::Entity::find().order_by_desc(history::Column::Seq);
    let last = rows.one(commune.database.reader()).await.unwrap().unwrap();
    let forged = history::Model { seq: 3, act: "decide".into(), ..last };
    history::Entity::insert(forged.into_active_model())
        .exec_without_returning(commune.database.writer())
        .await
        .unwrap();

    let breaks = checked(&commune).await.breaks;

    let place =
        format!("history entry 3 of dossier {}: the chronicle knows nothing of it", text(&dossier, "id"));
    assert_eq!(breaks, [place]);
}

#[tokio::test]
async fn a_checkpoint_signed_by_a_strangers_key_is_found() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;

    let trusting = |key: String| Scope { from: None, trusted: vec![key] };
    let ours = verify(commune.database.reader(), &trusting(signing_key().public_key())).await.unwrap();
    let strange = verify(commune.database.reader(), &trusting("00".repeat(32))).await.unwrap();

    assert_eq!(ours.breaks, Vec::<String>::new());
    assert!(strange.breaks[0].ends_with("the signature of its checkpoint does not hold"), "{strange:?}");
}

#[tokio::test]
async fn a_check_may_begin_behind_a_checkpoint() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let from = Some(commune.clock.now());

    let rest = Scope { from, ..Scope::default() };
    let account = verify(commune.database.reader(), &rest).await.unwrap();

    assert_eq!((account.links, account.breaks), (0, Vec::new()));
}

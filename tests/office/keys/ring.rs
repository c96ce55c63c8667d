//! The ring is made once, keeps what was sealed before it readable, and follows from no master.

use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use crate::support::keys::{MASTER, masters, unlocked};
use entities::Error;
use entities::keys::ring;
use entities::keys::turning::{NOTICE, turn_data, turn_master};
use entities::sealing::Sealer;
use entities::tables::{drafts, procedures};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use secrecy::SecretString;
use uuid::Uuid;

const NEW: &str = "the master after it, which is long enough";

#[tokio::test]
async fn processes_that_start_at_once_share_one_ring() {
    let (database, clock) = (TestDatabase::fresh().await, standing());

    let (one, other) = tokio::join!(unlocked(&database, &clock), unlocked(&database, &clock));

    assert_eq!(ring::rows(database.reader()).await.unwrap().len(), 3, "one key for each purpose");
    assert_eq!(other.open("here", &one.seal("here", "Trần Thị Mẫu").unwrap()).unwrap(), "Trần Thị Mẫu");
    assert_eq!(one.index("id", "006099000001"), other.index("id", "006099000001"));
    assert_eq!(one.lookup_secret(Uuid::nil()), other.lookup_secret(Uuid::nil()));
}

#[tokio::test]
async fn a_sealed_text_does_not_open_elsewhere_nor_after_a_change() {
    let sealer = super::sealer().await;
    let sealed = sealer.seal("here", "0912345678").unwrap();

    assert!(sealed.starts_with("s2.") && !sealed.contains("0912345678"));
    assert_ne!(sealed, sealer.seal("here", "0912345678").unwrap(), "equal texts are not seen to be equal");
    assert!(matches!(sealer.open("there", &sealed), Err(Error::Sealed(_))));
    for (place, _) in sealed.char_indices().skip(3) {
        let mut changed: Vec<char> = sealed.chars().collect();
        changed[place] = if changed[place] == 'A' { 'B' } else { 'A' };
        let changed: String = changed.into_iter().collect();
        assert!(sealer.open("here", &changed).is_err(), "{changed}");
    }
}

#[tokio::test]
async fn what_was_sealed_before_there_was_a_ring_opens_even_after_its_master_has_gone() {
    let (database, clock) = (TestDatabase::seeded().await, standing());
    let old = Sealer::new(&SecretString::from(MASTER)).unwrap();
    let sealed = old.seal("draft", "Đơn xin xác nhận").unwrap();
    draft(&database, &sealed).await;

    let hasty = Sealer::unlock(&database, masters(&[NEW, MASTER]), clock.now()).await.unwrap_err();
    assert!(hasty.to_string().contains("start once with that one alone"), "{hasty}");
    assert_eq!(ring::rows(database.reader()).await.unwrap(), []);
    let now = unlocked(&database, &clock).await;
    let turned = turn_master(&database, &masters(&[NEW, MASTER])).await.unwrap();
    let later = Sealer::unlock(&database, masters(&[NEW]), clock.now()).await.unwrap();

    assert_eq!((turned, ring::rows(database.reader()).await.unwrap().len()), (4, 4));
    for sealer in [&now, &later] {
        assert_eq!(sealer.open("draft", &sealed).unwrap(), "Đơn xin xác nhận");
        assert_eq!(sealer.index("id", "006099000001"), old.index("id", "006099000001"), "is found still");
        assert_eq!(sealer.lookup_secret(Uuid::nil()), old.lookup_secret(Uuid::nil()));
        assert!(sealer.seal("draft", "Mới").unwrap().starts_with("s2."));
    }
}

#[tokio::test]
async fn nothing_in_a_fresh_office_follows_from_its_master() {
    let sealer = super::sealer().await;
    let thief = Sealer::new(&SecretString::from(MASTER)).unwrap();

    assert!(matches!(thief.open("here", &sealer.seal("here", "x").unwrap()), Err(Error::KeyUnknown(_))));
    assert_ne!(thief.index("id", "006099000001"), sealer.index("id", "006099000001"));
    assert_ne!(thief.lookup_secret(Uuid::nil()), sealer.lookup_secret(Uuid::nil()));
}

#[tokio::test]
async fn a_new_key_is_read_by_everybody_before_anybody_seals_with_it() {
    let (database, clock) = (TestDatabase::fresh().await, standing());
    let (one, other) = (unlocked(&database, &clock).await, unlocked(&database, &clock).await);
    let before = one.seal("here", "a").unwrap();

    let made = turn_data(&database, &masters(&[MASTER]), clock.now()).await.unwrap();
    one.refresh(&database, clock.now()).await.unwrap();
    assert_eq!(key(&one), key_of(&before), "not yet");
    clock.advance(NOTICE);
    one.refresh(&database, clock.now()).await.unwrap();
    let after = one.seal("here", "b").unwrap();

    assert_eq!(key(&one), made[0].id, "now");
    assert!(matches!(other.open("here", &after), Err(Error::KeyUnknown(_))), "one that has not looked");
    other.missed().await;
    other.refresh(&database, clock.now()).await.unwrap();
    assert_eq!(other.open("here", &after).unwrap(), "b");
    assert_eq!(one.open("here", &before).unwrap(), "a", "a retired key goes on opening");
}

#[tokio::test]
async fn a_wrong_master_opens_nothing_and_changes_nothing() {
    let (database, clock) = (TestDatabase::fresh().await, standing());
    unlocked(&database, &clock).await;
    let before = ring::rows(database.reader()).await.unwrap();

    assert!(Sealer::unlock(&database, masters(&[NEW]), clock.now()).await.is_err());
    assert!(turn_master(&database, &masters(&[NEW])).await.is_err());
    assert!(Sealer::new(&SecretString::from("too short")).is_err());

    assert_eq!(ring::rows(database.reader()).await.unwrap(), before);
}

fn key(sealer: &Sealer) -> String {
    key_of(&sealer.seal("here", "x").unwrap())
}

fn key_of(sealed: &str) -> String {
    sealed.split('.').nth(1).unwrap().to_owned()
}

async fn draft(database: &TestDatabase, sealed: &str) {
    let at = standing().now();
    let procedure = procedures::Entity::find().one(database.reader()).await.unwrap().unwrap();
    let row = drafts::Model {
        id: Uuid::now_v7(),
        procedure_id: procedure.id,
        owner: "người dân".into(),
        body_sealed: sealed.into(),
        version: 1,
        created_at: at,
        updated_at: at,
    };
    row.into_active_model().insert(database.writer()).await.unwrap();
}

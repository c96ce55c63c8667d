//! Masters and data keys are turned while people hand in and read; nothing fails, and the master before opens nothing.

use crate::support::commune::{Commune, MAU, MAU_ID, text};
use crate::support::evidence;
use crate::support::keys::{MASTER, masters};
use entities::keys::turning::{NOTICE, turn_data, turn_master};
use entities::sealing::Sealer;
use entities::tables::dossiers;
use sea_orm::EntityTrait;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const NEW: &str = "the master after it, which is long enough";

/// People who hand in and read at each process, one after the other.
const PEOPLE: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_turn_while_people_hand_in_and_read_and_the_master_before_opens_nothing() {
    // One process was not restarted yet and knows the old master alone; two others know the new one as well.
    let old = Commune::open().await;
    let (one, two) = (process(&old, &[NEW, MASTER]).await, process(&old, &[NEW, MASTER]).await);
    let crowd = Crowd::default();
    let (told, mut hears) = unbounded_channel();

    let turning = async {
        hear(&mut hears, 6).await;
        assert_eq!(turn_master(&old.database, &masters(&[NEW, MASTER])).await.unwrap(), 3);
        hear(&mut hears, 6).await;
        for process in [&one, &two] {
            process.office.sealer.refresh(&process.database, process.clock.now()).await.unwrap();
        }
        crowd.leaves_the_old.store(true, Ordering::Relaxed);
        hear(&mut hears, 6).await;
        turn_data(&old.database, &masters(&[NEW]), old.clock.now()).await.unwrap();
        for process in [&one, &two, &one, &two] {
            hear(&mut hears, 6).await;
            process.office.sealer.refresh(&process.database, process.clock.now()).await.unwrap();
            old.clock.advance(NOTICE / 2);
        }
        hear(&mut hears, 6).await;
        crowd.goes_home.store(true, Ordering::Relaxed);
    };
    let at_the_doors = [(&old, &one), (&one, &two), (&two, &one)];
    let people = at_the_doors.into_iter().flat_map(|doors| vec![doors; PEOPLE]).enumerate();
    let people =
        futures::future::join_all(people.map(|(number, doors)| crowd.stands(number, doors, told.clone())));
    let (_, rounds) = tokio::join!(turning, people);

    let last = process(&old, &[NEW]).await;
    let names = crowd.names.lock().unwrap().clone();
    for (id, name) in &names {
        assert_eq!(&name_of(&last, id).await, name, "with the new master alone");
    }
    let keys = keys_used(&old).await;
    assert_eq!(keys.len(), 2, "before and after: {keys:?}");
    assert!(Sealer::unlock(&old.database, masters(&[MASTER]), old.clock.now()).await.is_err());
    let thief = Sealer::new(&SecretString::from(MASTER)).unwrap();
    for row in dossiers::Entity::find().all(old.database.reader()).await.unwrap() {
        assert!(thief.own(row.id, row.key_wrapped.as_deref()).is_err());
    }
    let rounds: u64 = rounds.iter().sum();
    assert_eq!(rounds, names.len() as u64);
    evidence::keep(
        "keys_turned",
        &[("dossiers", rounds), ("failures", 0), ("opened_by_the_former_master", 0)],
    );
}

/// Those who hand in and read, until they are sent home.
#[derive(Default)]
struct Crowd {
    leaves_the_old: AtomicBool,
    goes_home: AtomicBool,
    names: Mutex<Vec<(String, String)>>,
}

impl Crowd {
    /// Hands in at one process and reads at both; every answer must be the right one. Gives how often.
    async fn stands(
        &self,
        number: usize,
        (here, there): (&Commune, &Commune),
        told: UnboundedSender<()>,
    ) -> u64 {
        let mut rounds = 0;
        while !self.goes_home.load(Ordering::Relaxed) {
            let leaves = self.leaves_the_old.load(Ordering::Relaxed);
            let here = if leaves && number < PEOPLE { there } else { here };
            let name = format!("Người Mẫu Số {number} Lần {rounds}");
            let applicant = json!({"name": name, "id_number": MAU_ID});
            let dossier = here.submit(MAU, here.copies(), |a| a["applicant"] = applicant).await;
            let id = text(&dossier, "id").to_owned();
            for door in [here, there] {
                assert_eq!(name_of(door, &id).await, name);
            }
            self.names.lock().unwrap().push((id, name));
            told.send(()).unwrap();
            rounds += 1;
        }
        rounds
    }
}

/// Waits for so many rounds of the crowd, begun before or after.
async fn hear(hears: &mut UnboundedReceiver<()>, rounds: usize) {
    while hears.try_recv().is_ok() {}
    for _ in 0..rounds {
        hears.recv().await.unwrap();
    }
}

/// A process of the office whose settings name these masters.
async fn process(office: &Commune, secrets: &[&str]) -> Commune {
    let sealer = Sealer::unlock(&office.database, masters(secrets), office.clock.now()).await.unwrap();
    office.second(sealer).await
}

/// What the office reads in what it sealed of the applicant.
async fn name_of(office: &Commune, id: &str) -> String {
    let told: Value = office.read(MAU, &format!("/v1/dossiers/{id}")).await;
    assert_eq!(told["applicant"]["id_number"], MAU_ID, "{told}");
    text(&told["applicant"], "name").to_owned()
}

async fn keys_used(office: &Commune) -> BTreeSet<String> {
    let rows = dossiers::Entity::find().all(office.database.reader()).await.unwrap();
    rows.iter().map(|row| row.key_wrapped.as_ref().unwrap().split('.').nth(1).unwrap().to_owned()).collect()
}

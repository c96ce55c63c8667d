//! What nobody asks for again goes; everything else stays. And jobs about nothing end in words.

use super::fixture::Scene;
use chrono::TimeDelta;
use entities::replays::{self, Replay};
use entities::uploads::{self, Upload};
use entities::writing::Batch;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rules::jobs::Job;
use std::collections::BTreeMap;
use uuid::Uuid;
use workers::Outcome;

/// A kept answer and an upload that never came to its end, with one part in the store.
async fn leave(scene: &Scene, key: &str) -> (Uuid, Path) {
    let answer =
        Replay { fingerprint: "f".into(), status: 201, headers: BTreeMap::new(), body: String::new() };
    let upload = Upload {
        id: Uuid::now_v7(),
        owner: "chủ".into(),
        name: "dở dang.pdf".into(),
        size: 10,
        received: 5,
        sha256: None,
        file_id: None,
        created_at: scene.clock.now(),
    };
    let part = Path::from(format!("{}/part", uploads::parts_at(upload.id)));
    scene.hands.files.put(&part, PutPayload::from(b"%PDF-".to_vec())).await.unwrap();
    let tx = scene.hands.database.begin().await.unwrap();
    let mut batch = Batch::default();
    batch.add(replays::insert("người", key, scene.clock.now(), &answer));
    batch.add(uploads::insert(&upload));
    batch.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
    (upload.id, part)
}

#[tokio::test]
async fn old_leftovers_go_and_young_ones_stay() {
    let scene = Scene::open().await;
    let (old, old_part) = leave(&scene, "cũ").await;
    scene.pass(TimeDelta::days(8));
    let (young, young_part) = leave(&scene, "mới").await;

    assert_eq!(scene.run(Job::PurgeExpired {}).await, Outcome::Done);
    assert_eq!(scene.run(Job::PurgeExpired {}).await, Outcome::Done);

    let db = scene.hands.database.reader();
    assert!(replays::find(db, "người", "cũ").await.unwrap().is_none());
    assert!(replays::find(db, "người", "mới").await.unwrap().is_some());
    assert!(uploads::find(db, old, "chủ").await.is_err());
    assert!(uploads::find(db, young, "chủ").await.is_ok());
    assert!(scene.hands.files.head(&old_part).await.is_err());
    assert!(scene.hands.files.head(&young_part).await.is_ok());
}

/// The store dates what it holds by the clock of the machine, which runs behind the one that was moved here.
#[tokio::test]
async fn parts_that_a_fallen_process_left_go_after_two_days() {
    let scene = Scene::open().await;
    let place = Path::from(format!("{}/0-5", uploads::parts_at(Uuid::now_v7())));
    scene.hands.files.put(&place, PutPayload::from(b"%PDF-".to_vec())).await.unwrap();
    let stored = scene.hands.files.head(&place).await.unwrap().last_modified;

    scene.clock.set(stored + TimeDelta::days(1));
    assert_eq!(scene.run(Job::PurgeExpired {}).await, Outcome::Done);
    assert!(scene.hands.files.head(&place).await.is_ok(), "somebody may still be sending it");
    scene.clock.set(stored + TimeDelta::days(3));
    let (_, open) = leave(&scene, "mới").await;
    assert_eq!(scene.run(Job::PurgeExpired {}).await, Outcome::Done);

    assert!(scene.hands.files.head(&place).await.is_err());
    assert!(scene.hands.files.head(&open).await.is_ok(), "an upload under way keeps its parts");
}

#[tokio::test]
async fn a_job_about_nothing_ends_in_words() {
    let scene = Scene::open().await;
    let nothing = Uuid::now_v7();
    let dossier = scene.submit().await;

    for job in [
        Job::SendNotice { dossier: nothing, entry: 1 },
        Job::SendNotice { dossier: dossier.id, entry: 9 },
        Job::PushToPortal { dossier: dossier.id, entry: 9 },
        Job::OrderDelivery { shipment: nothing },
        Job::OpenPayment { payment: nothing },
        Job::QueryPayment { payment: nothing },
        Job::FetchVoucher { payment: nothing },
        Job::InspectFile { file: nothing },
    ] {
        let ended = scene.run(job).await;
        let Outcome::Fail { reason } = &ended else { panic!("{ended:?}") };
        assert!(reason.contains("there is no such"), "{reason}");
    }
}

#[tokio::test]
async fn the_hands_show_no_secret() {
    let scene = Scene::open().await;

    let shown = format!("{:?}", scene.hands);

    assert!(shown.contains("national_platform") && shown.contains("motcua.example"), "{shown}");
    assert!(!shown.contains("khóa"), "{shown}");
}

//! `kill -9` of a real worker between any two stages and in the middle of the pages: it goes on, and nothing is doubled.

use super::paper::numbered;
use super::scene::waiting;
use crate::processes::premises::{Plan, Premises};
use crate::processes::waiting::until;
use crate::support::keys::{masters, sealed};
use entities::clock::Clock;
use entities::digitisations::{self, Item, pages, stages};
use entities::files::{self, File};
use entities::jobs::row::{Column, Entity, State as JobState};
use entities::jobs::{self, NewJob};
use entities::sealing::Sealer;
use entities::tables::documents;
use entities::writing::Batch;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use rules::jobs::Job;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

const PAGES: usize = 4;

/// Where the worker falls: as soon as the paper stands there, with so many pages read.
const FALLS: [(&str, i32); 8] = [
    ("inspect", 0),
    ("normalise", 0),
    ("recognise", 0),
    ("recognise", 1),
    ("recognise", 3),
    ("signatures", 4),
    ("extract", 4),
    ("file", 4),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_at_any_stage_and_between_pages_loses_and_doubles_nothing() {
    let office = Premises::open(Plan { lease_ms: 1_000, ..Plan::default() }).await;
    for (stage, read) in FALLS {
        let item = handed_in(&office).await;
        let worker = office.worker().await;
        until("the paper is there, or beyond", async || {
            let now = digitisations::find(office.database.reader(), item).await.unwrap();
            is_at(&now, stage, read).then_some(())
        })
        .await;
        worker.kill().await;

        let next = office.worker().await;
        until("the paper is filed", async || {
            let now = digitisations::find(office.database.reader(), item).await.unwrap();
            assert_ne!(now.state, "stuck", "{now:#?}");
            (now.state == "filed").then_some(())
        })
        .await;
        until("no job is left", async || (open_jobs(&office).await == 0).then_some(())).await;
        next.kill().await;
        assert_whole(&office, item, (stage, read)).await;
    }
}

fn is_at(item: &Item, stage: &str, read: i32) -> bool {
    let order = ["inspect", "normalise", "recognise", "signatures", "extract", "check", "file", "filed"];
    let place = |key: &str| order.iter().position(|stage| *stage == key).unwrap();
    (place(&item.stage), item.pages_done) >= (place(stage), read)
}

async fn open_jobs(office: &Premises) -> u64 {
    let open = Entity::find().filter(Column::State.is_in([JobState::Ready, JobState::Running]));
    open.count(office.database.reader()).await.unwrap()
}

async fn assert_whole(office: &Premises, item: Uuid, fell: (&str, i32)) {
    let db = office.database.reader();
    let rows = pages::of(db, item).await.unwrap();
    let numbers: Vec<i32> = rows.iter().map(|row| row.page).collect();
    assert_eq!(numbers, [1, 2, 3, 4], "{fell:?}: one row a page");
    assert!(rows.iter().all(|row| row.text_sealed.is_some()), "{fell:?}: each read");
    let done: Vec<String> = stages(db, item).await.unwrap().into_iter().map(|row| row.stage).collect();
    assert_eq!(done, ["inspect", "normalise", "recognise", "signatures", "extract", "file"], "{fell:?}");
    let kept = documents::Entity::find().filter(documents::Column::DigitisationId.eq(item));
    assert_eq!(kept.count(db).await.unwrap(), 1, "{fell:?}: one document");
}

/// A paper with its file in the folder of the premises and its scan ordered, as after an upload.
async fn handed_in(office: &Premises) -> Uuid {
    // Two papers of the same bytes would be one document of their owner.
    let mut bytes = numbered(PAGES);
    bytes.extend(format!("%{}\n", Uuid::now_v7()).bytes());
    let (sha256, at) = (hex::encode(Sha256::digest(&bytes)), Clock::system().now());
    let settings = office.settings();
    let masters = masters(&[settings["sealing"]["master"].as_str().unwrap()]);
    let sealer = Sealer::unlock(&office.database, masters, at).await.unwrap();
    let folder = settings["files"]["store"].as_str().unwrap();
    std::fs::create_dir_all(folder).unwrap();
    let raw: Arc<dyn ObjectStore> = Arc::new(LocalFileSystem::new_with_prefix(folder).unwrap());
    let place = Path::from(files::stored_at(&sha256));
    sealed(&raw, &sealer).put(&place, PutPayload::from(bytes.clone())).await.unwrap();
    let fresh = files::quarantined("giay-to.pdf", "thử nghiệm", at);
    let size = i64::try_from(bytes.len()).unwrap();
    let file = File { sha256, size, media_type: "application/pdf".into(), ..fresh };
    let item = waiting(&sealer, office.unit, file.id, at);
    let id = item.id;
    let tx = office.database.begin().await.unwrap();
    let mut batch = Batch::default();
    batch.add(files::insert(&file));
    batch.write(&tx).await.unwrap();
    item.into_active_model().insert(&tx).await.unwrap();
    let scan = NewJob::new(Job::ScanFile { file: file.id }, at);
    tx.execute(&jobs::insert(vec![scan], at).unwrap().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

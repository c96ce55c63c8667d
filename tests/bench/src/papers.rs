//! The pipeline of papers through a real worker: pages a minute, and processor time a page.

use crate::office::{Office, value};
use entities::clock::Clock;
use entities::digitisations::Item;
use entities::documents::Owner;
use entities::files::{self, File};
use entities::jobs::{self, NewJob};
use entities::keys::masters::Masters;
use entities::sealed_files::store::SealedStore;
use entities::sealing::Sealer;
use entities::writing::Batch;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStoreExt, PutPayload};
use rules::jobs::Job;
use rules::papers::{ItemState, Origin, Stage, WaitsFor};
use rules::procedure::ApplicantKind;
use secrecy::SecretString;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Pages of each paper: a few sheets, as most that are handed in.
const SHEETS: usize = 4;

/// What was measured.
pub struct Pace {
    /// Pages a minute, from the first job to the last filing.
    pub pages_a_minute: f64,
    /// Seconds of processor a page, of the worker and its programs together.
    pub cpu_a_page: f64,
    /// Pages in all.
    pub pages: usize,
    /// Papers that were not filed.
    pub left: i64,
}

/// So many papers through one worker, until none is open.
pub async fn pace(office: &Office, papers: usize) -> Pace {
    let db = office.database().await;
    let unit = value::<Uuid>(&db, "SELECT id FROM units WHERE tier = 'commune' ORDER BY id LIMIT 1").await;
    let masters = Masters::new(&SecretString::from(crate::office::MASTER), &[]).unwrap();
    let sealer = Sealer::unlock(&db, masters, entities::clock::Clock::system().now()).await.unwrap();
    std::fs::create_dir_all(office.files()).unwrap();
    let folder = Arc::new(LocalFileSystem::new_with_prefix(office.files()).unwrap());
    let store = SealedStore::over(folder, sealer.clone());
    for number in 0..papers {
        hand_in(&db, (&sealer, unit), &store, number).await;
    }
    let (begun, worker) = (Instant::now(), office.start("worker"));
    let mut tick = tokio::time::interval(Duration::from_millis(100));
    let open = "SELECT count(*) FROM digitisations WHERE state IN ('working', 'waiting')";
    while value::<i64>(&db, open).await > 0 {
        tick.tick().await;
    }
    let (minutes, cpu) = (begun.elapsed().as_secs_f64() / 60.0, worker.processor_seconds());
    let left = value::<i64>(&db, "SELECT count(*) FROM digitisations WHERE state <> 'filed'").await;
    db.close().await.unwrap();
    let pages = papers * SHEETS;
    Pace { pages_a_minute: pages as f64 / minutes, cpu_a_page: cpu / pages as f64, pages, left }
}

async fn hand_in(
    db: &entities::database::Database,
    (sealer, unit): (&Sealer, Uuid),
    store: &SealedStore,
    number: usize,
) {
    let (bytes, at) = (paper(number), Clock::system().now());
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let place = object_store::path::Path::from(files::stored_at(&sha256));
    store.put(&place, PutPayload::from(bytes.clone())).await.unwrap();
    let fresh = files::quarantined("giay-to.pdf", "bench", at);
    let size = i64::try_from(bytes.len()).unwrap();
    // Inspected before: the measure begins at the pages.
    let state = files::State::Clean;
    let file = File { sha256, size, media_type: "application/pdf".into(), state, ..fresh };
    let id = Uuid::now_v7();
    let owner = Owner::new(ApplicantKind::Citizen, "Trần Thị Mẫu", Some("019190000001"));
    let owner = serde_json::to_string(&owner).unwrap();
    let item = Item {
        id,
        unit_id: unit,
        tier: "commune".into(),
        origin: Origin::Backlog.key().into(),
        kind: "dossier".into(),
        ground: "plan".into(),
        name: format!("Giấy tờ cũ {number}"),
        owner_sealed: Some(sealer.seal(&format!("digitisation_owner:{id}"), &owner).unwrap()),
        file_id: Some(file.id),
        stage: Stage::Inspect.key().into(),
        state: ItemState::Waiting.key().into(),
        waits_for: Some(WaitsFor::Inspection.key().into()),
        opened_at: at,
        updated_at: at,
        version: 1,
        ..Item::default()
    };
    let tx = db.begin().await.unwrap();
    let mut batch = Batch::default();
    batch.add(files::insert(&file));
    batch.insert(item);
    batch.add_some(jobs::insert(vec![NewJob::new(Job::InspectFile { file: file.id }, at)], at).unwrap());
    batch.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// A PDF of some sheets with thirty lines on each.
fn paper(number: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..SHEETS).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {SHEETS} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>".to_owned(),
    ];
    for page in 0..SHEETS {
        let lines = (0..30).map(|line| {
            format!(
                "(So {number} trang {page} dong {line}: Uy ban nhan dan phuong cap giay chung nhan) Tj T*\n"
            )
        });
        let text = format!("BT /F 13 Tf 22 TL 60 770 Td\n{}ET", lines.collect::<String>());
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()));
    }
    let (mut all, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(all.len());
        all.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let (table, size) = (all.len(), objects.len() + 1);
    let rows: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    all.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{rows}").bytes());
    all.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    all
}

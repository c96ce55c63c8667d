//! Looks at the bytes of an uploaded file and lets it out of quarantine, or keeps it back with words.
//!
//! It is no virus scan: it finds bytes that are not the file, another type than was told, passwords and active content.
//! Papers that wait for the file go on with what it finds, in the same transaction.

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use bytes::Bytes;
use digitising::safety::{self, Limits};
use entities::digitisations::{self, Found, Item, pages, steps};
use entities::files::{self, File, State};
use entities::jobs::{self, NewJob};
use object_store::ObjectStoreExt;
use object_store::path::Path;
use rules::jobs::{Job, Queue};
use rules::papers::Stage;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Does one attempt. A file that was looked at before is not judged again; the papers that wait for it go on.
pub(super) async fn run(hands: &Hands, file: Uuid, attempt: &Attempt) -> Ended {
    let begun = Instant::now();
    let row = files::find(hands.database.reader(), file).await?;
    if row.state == State::Quarantined && hands.waits_for_scan(&row) {
        return order_scan(hands, file, attempt).await;
    }
    let (state, found) = match row.state {
        State::Quarantined => judged(hands, &row).await?,
        known => (known, row.reason.clone()),
    };
    let tx = hands.database.begin().await?;
    if row.state == State::Quarantined {
        files::set_state(&tx, file, state, found.as_deref()).await?;
    }
    for item in digitisations::find_by_file(&tx, file).await? {
        match state {
            State::Clean => go_on(&tx, &item, (&row, begun.elapsed()), attempt).await?,
            _ => {
                let words = found.as_deref().unwrap_or(REFUSED);
                digitisations::stuck(&tx, item.id, words, attempt.at).await?;
            }
        }
    }
    tx.commit().await?;
    hands.wake.ring(Queue::Heavy);
    Ok(())
}

/// A file that no scanner has seen though one should: its scan writes this job again.
async fn order_scan(hands: &Hands, file: Uuid, attempt: &Attempt) -> Ended {
    let unique_key = Some(format!("scan_again:{}", attempt.id));
    let scan = NewJob { unique_key, ..NewJob::new(Job::ScanFile { file }, attempt.at) };
    let tx = hands.database.begin().await?;
    if let Some(rows) = jobs::insert(vec![scan], attempt.at)? {
        tx.execute(&rows).await?;
    }
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    Ok(())
}

const REFUSED: &str =
    "Tệp không qua kiểm tra; hãy quét lại. / The file failed its inspection; scan it again.";

async fn judged(hands: &Hands, row: &File) -> Result<(State, Option<String>), Trouble> {
    let stored = Path::from(files::stored_at(&row.sha256));
    let bytes = hands.files.get(&stored).await?.bytes().await?;
    let (sha256, media_type) = (row.sha256.clone(), row.media_type.clone());
    let limits = hands.digitising.paper_limits();
    let judging = tokio::task::spawn_blocking(move || judge(&bytes, &sha256, &media_type, &limits));
    let found =
        judging.await.map_err(|_| Trouble::fail("không xem được tệp / the file could not be read"))?;
    Ok((if found.is_some() { State::Refused } else { State::Clean }, found))
}

/// Why the file is kept back; nothing when it may go out.
fn judge(bytes: &Bytes, sha256: &str, media_type: &str, limits: &Limits) -> Option<String> {
    if hex::encode(Sha256::digest(bytes)) != sha256 {
        return Some(CHANGED.to_owned());
    }
    safety::examine(bytes, media_type, limits).err().map(|trouble| trouble.to_string())
}

const CHANGED: &str =
    "Nội dung trong kho không còn khớp với tệp đã tải lên. / The stored bytes are not those uploaded.";

/// A paper whose file is clean: what was seen is kept, and its pages come next.
async fn go_on(
    tx: &DatabaseTransaction,
    item: &Item,
    (file, took): (&File, Duration),
    attempt: &Attempt,
) -> Result<(), Trouble> {
    let scan = file.virus_scan.key();
    let found = Found {
        stage: Stage::Inspect,
        skipped: false,
        report: json!({"virus_scan": scan, "virus_engine": file.virus_engine, "media_type": file.media_type}),
        report_sealed: None,
        output_sha256: None,
        engine: concat!("motcua ", env!("CARGO_PKG_VERSION")).into(),
        millis: pages::millis(took),
    };
    digitisations::stage_done(tx, item.id, found, Stage::Normalise, attempt.at).await?;
    let traceparent = attempt.traceparent.clone();
    let job = steps::order(item, Stage::Normalise, attempt.at).map(|job| NewJob { traceparent, ..job });
    if let Some(rows) = jobs::insert(job.into_iter().collect(), attempt.at)? {
        tx.execute(&rows).await?;
    }
    Ok(())
}

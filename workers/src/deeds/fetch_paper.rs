//! Fetches a paper behind a link of the national portal; the dossier, the supplement or the tax receipt waits for it.

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use bytes::Bytes;
use connectors::trip::Trip;
use entities::dossiers::Door;
use entities::files::{self, File};
use entities::inbox::papers::{self, Fetched};
use entities::media_types;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rules::actor::Actor;
use rules::jobs::Queue;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, paper: Uuid, attempt: &Attempt) -> Ended {
    let row = papers::by_id(hands.database.reader(), paper).await?;
    let Some(link) = papers::link(&hands.sealer, &row)?.filter(|_| row.state != "here") else {
        return Ok(());
    };
    match fetched(hands, (&row.name, &link), attempt).await {
        Ok(file) => keep(hands, paper, Fetched::Here(Box::new(file)), attempt).await,
        Err(trouble) if trouble.is_wait() || (trouble.is_retry() && !attempt.last) => Err(trouble),
        // What waits for the paper goes on without it.
        Err(trouble) => {
            keep(hands, paper, Fetched::Failed(trouble.reason().to_owned()), attempt).await?;
            Err(trouble)
        }
    }
}

async fn fetched(hands: &Hands, (name, link): (&str, &str), attempt: &Attempt) -> Result<File, Trouble> {
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let bytes = Bytes::from(hands.wires.portal()?.fetch(&trip, link).await?);
    let media_type = media_types::taken(&bytes).map_err(|found| {
        Trouble::fail(format!(
            "nội dung là {found}, loại tệp không được nhận / files of type {found} are not taken"
        ))
    })?;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    hands.files.put(&Path::from(files::stored_at(&sha256)), PutPayload::from_bytes(bytes)).await?;
    let named = files::quarantined(name, "", attempt.at);
    Ok(File { sha256, size, media_type: media_type.into(), ..named })
}

async fn keep(hands: &Hands, paper: Uuid, fetched: Fetched, attempt: &Attempt) -> Ended {
    let (tx, office) = (hands.database.begin().await?, Actor::office());
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: attempt.traceparent.as_deref(),
    };
    door.paper_came(paper, &fetched).await?;
    tx.commit().await?;
    hands.wake.ring_all(Queue::ALL);
    Ok(())
}

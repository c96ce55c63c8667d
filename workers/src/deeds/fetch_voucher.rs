//! Fetches the voucher that a platform draws up of a payment (GET_BILL, wire.md §2.1.5; law.md F-18).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use bytes::Bytes;
use connectors::failure::Failure;
use connectors::trip::Trip;
use entities::dossiers::Door;
use entities::files::{self, File};
use entities::tables::payments::Model;
use entities::{media_types, payments};
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rules::actor::Actor;
use rules::jobs::Queue;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Does one attempt. Nothing is to be fetched where the platform offers none, or the voucher is here.
pub(super) async fn run(hands: &Hands, payment: Uuid, attempt: &Attempt) -> Ended {
    let row = payments::by_id(hands.database.reader(), payment).await?;
    let platform = hands.wires.platform(&row.platform)?;
    if row.state != "paid" || row.voucher_file_id.is_some() || !platform.offers().receipt {
        return Ok(());
    }
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let drawn = match platform.receipt(&trip, &row.reference).await {
        Ok(drawn) => Bytes::from(drawn),
        // The money is proven: a platform that says no has not drawn the voucher up yet.
        Err(Failure::Fail { reason, .. }) => return Err(Trouble::retry(reason)),
        Err(failure) => return Err(failure.into()),
    };
    let file = stored(hands, &row, drawn, attempt).await?;
    keep(hands, payment, file, attempt).await
}

async fn stored(hands: &Hands, row: &Model, bytes: Bytes, attempt: &Attempt) -> Result<File, Trouble> {
    let media_type = media_types::taken(&bytes).ok().filter(|found| *found == "application/pdf");
    let Some(media_type) = media_type else {
        return Err(Trouble::fail("chứng từ của nền tảng không phải PDF / the platform's voucher is no PDF"));
    };
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    hands.files.put(&Path::from(files::stored_at(&sha256)), PutPayload::from_bytes(bytes)).await?;
    let name = format!("Chứng từ thanh toán {}.pdf", row.reference);
    let named = files::quarantined(&name, "", attempt.at);
    Ok(File { sha256, size, media_type: media_type.into(), ..named })
}

async fn keep(hands: &Hands, payment: Uuid, file: File, attempt: &Attempt) -> Ended {
    let (tx, office) = (hands.database.begin().await?, Actor::office());
    let door = Door {
        tx: &tx,
        catalogue: &hands.catalogue,
        sealer: &hands.sealer,
        by: &office,
        at: hands.clock.now(),
        trace: attempt.traceparent.as_deref(),
    };
    door.voucher_came(payment, file).await?;
    tx.commit().await?;
    hands.wake.ring_all(Queue::ALL);
    Ok(())
}

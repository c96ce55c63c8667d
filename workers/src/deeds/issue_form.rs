//! Makes the file of a form from what it said at the moment of its act, once; a second making would be the same bytes.

use super::ended::{Ended, Trouble};
use crate::hands::Hands;
use entities::forms::reading;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, form: Uuid) -> Ended {
    let row = reading::by_id(hands.database.reader(), form).await?;
    if row.sha256.is_some() {
        return Ok(());
    }
    let content = reading::content(&hands.sealer, &row)?;
    let public_url = hands.office.public_url.clone();
    let setting = tokio::task::spawn_blocking(move || forms::render(&content, &public_url));
    let pdf = setting.await.map_err(Trouble::fail)?.map_err(Trouble::fail)?;
    let sha256 = hex::encode(Sha256::digest(&pdf));
    let size = i64::try_from(pdf.len()).map_err(Trouble::fail)?;
    hands.files.put(&Path::from(reading::stored_at(&sha256)), PutPayload::from(pdf)).await?;
    let tx = hands.database.begin().await?;
    reading::made(&tx, form, &sha256, size, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

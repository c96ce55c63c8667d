//! Looks at the bytes of an uploaded file and lets it out of quarantine, or keeps it back with words.
//!
//! It is no virus scan: it finds bytes that are not the file, another type than was told, passwords and active content.

use super::ended::{Ended, Trouble};
use super::suspicion::suspicion;
use crate::hands::Hands;
use bytes::Bytes;
use entities::files::{self, State};
use object_store::ObjectStoreExt;
use object_store::path::Path;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, file: Uuid) -> Ended {
    let row = files::find(hands.database.reader(), file).await?;
    if row.state != State::Quarantined {
        return Ok(());
    }
    let stored = Path::from(files::stored_at(&row.sha256));
    let bytes = hands.files.get(&stored).await?.bytes().await?;
    let judging = tokio::task::spawn_blocking(move || judge(&bytes, &row.sha256, &row.media_type));
    let found =
        judging.await.map_err(|_| Trouble::fail("không xem được tệp / the file could not be read"))?;
    let state = if found.is_some() { State::Refused } else { State::Clean };
    let tx = hands.database.begin().await?;
    files::set_state(&tx, file, state, found).await?;
    tx.commit().await?;
    Ok(())
}

/// Why the file is kept back; nothing when it may go out.
fn judge(bytes: &Bytes, sha256: &str, media_type: &str) -> Option<&'static str> {
    if hex::encode(Sha256::digest(bytes)) != sha256 {
        return Some(
            "Nội dung trong kho không còn khớp với tệp đã tải lên. / The stored bytes are not those uploaded.",
        );
    }
    if infer::get(bytes).map(|kind| kind.mime_type()) != Some(media_type) {
        return Some(
            "Nội dung tệp không đúng loại đã ghi. / The content is not of the type that was recorded.",
        );
    }
    suspicion(media_type, bytes)
}

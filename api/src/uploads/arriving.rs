//! Parts of a file on their way into the store.

use crate::office::Office;
use crate::problems::{Code, Problem};
use bytes::{Bytes, BytesMut};
use entities::uploads::parts_at;
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use uuid::Uuid;

/// One stored part: bytes `from..to` of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Part {
    /// Where the part is kept; racing parts of different length do not overwrite each other.
    pub(super) fn stored_at(self, upload: Uuid) -> Path {
        Path::from(format!("{}/{:020}-{:020}", parts_at(upload), self.from, self.to))
    }

    fn parse(name: &str) -> Option<Self> {
        let (from, to) = name.split_once('-')?;
        Some(Self { from: from.parse().ok()?, to: to.parse().ok()? })
    }
}

/// Stores `bytes` as the part that begins at `from`.
pub(super) async fn keep(office: &Office, upload: Uuid, from: i64, bytes: Bytes) -> Result<Part, Problem> {
    let length = i64::try_from(bytes.len()).map_err(|_| Code::FileTooLarge)?;
    let part = Part { from, to: from + length };
    office.files.put(&part.stored_at(upload), PutPayload::from_bytes(bytes)).await?;
    Ok(part)
}

/// Stores a whole stream in parts; gives the size. 413 `file_too_large` past the limit.
pub(super) async fn keep_all<S, E>(office: &Office, upload: Uuid, mut stream: S) -> Result<i64, Problem>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let (mut received, mut held) = (0, BytesMut::new());
    while let Some(chunk) = stream.next().await {
        held.extend_from_slice(&chunk.map_err(|_| Code::MediaTypeUnsupported)?);
        check_size(office, received + i64::try_from(held.len()).unwrap_or(i64::MAX))?;
        if held.len() >= office.settings.part_limit_bytes {
            received = keep(office, upload, received, held.split().freeze()).await?.to;
        }
    }
    if !held.is_empty() {
        received = keep(office, upload, received, held.freeze()).await?.to;
    }
    Ok(received)
}

/// 413 `file_too_large` for more bytes than the office takes.
pub(super) fn check_size(office: &Office, size: i64) -> Result<(), Problem> {
    let limit = office.settings.file_limit_bytes;
    if size <= limit {
        return Ok(());
    }
    let megabytes = limit >> 20;
    Err(Problem::new(Code::FileTooLarge).because(
        format!("Tệp được tối đa {megabytes} MiB."),
        format!("A file may have at most {megabytes} MiB."),
    ))
}

/// The stored parts that follow one another from 0 to `size`.
pub(super) async fn chain(files: &dyn ObjectStore, upload: Uuid, size: i64) -> Result<Vec<Part>, Problem> {
    let all = parts(files, upload).await?;
    let (mut chain, mut at) = (Vec::new(), 0);
    while at < size {
        let follows =
            |p: &&Part| p.from == at && p.to > at && (p.to == size || all.iter().any(|q| q.from == p.to));
        let part = *all.iter().find(follows).ok_or(Code::OffsetMismatch)?;
        chain.push(part);
        at = part.to;
    }
    Ok(chain)
}

/// Removes every part; what cannot be removed now is left to the purge.
pub(super) async fn discard(files: &dyn ObjectStore, upload: Uuid) {
    for part in parts(files, upload).await.unwrap_or_default() {
        let _ = files.delete(&part.stored_at(upload)).await;
    }
}

async fn parts(files: &dyn ObjectStore, upload: Uuid) -> Result<Vec<Part>, Problem> {
    let found: Vec<_> = files.list(Some(&Path::from(parts_at(upload)))).try_collect().await?;
    let mut parts: Vec<Part> =
        found.iter().filter_map(|meta| meta.location.filename().and_then(Part::parse)).collect();
    parts.sort_by_key(|p| (p.from, p.to));
    Ok(parts)
}

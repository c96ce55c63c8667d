//! Sealing what is stored: whole, or in parts as they come.

use super::form::{CHUNK, FileCipher, failed};
use crate::error::Error;
use object_store::{MultipartUpload, PutPayload, PutResult, Result, UploadPart};

/// Bytes of a part at least, as S3 wants all but the last to have.
const PART: usize = 5 * 1024 * 1024;

/// Takes readable bytes and gives sealed ones; the last chunk is held back until the end is known.
#[derive(Debug)]
pub(super) struct Sealing {
    cipher: FileCipher,
    number: u64,
    held: Vec<u8>,
    sealed: Vec<u8>,
}

impl Sealing {
    /// Behind the head of a file.
    pub(super) fn behind(head: Vec<u8>, cipher: FileCipher) -> Self {
        Self { cipher, number: 0, held: Vec::new(), sealed: head }
    }

    /// Takes more bytes.
    pub(super) fn take(&mut self, plain: &[u8]) -> std::result::Result<(), Error> {
        let (full, mut rest) = (usize::try_from(CHUNK).unwrap_or(usize::MAX), plain);
        // One byte more than a chunk shows that the chunk is not the last.
        while self.held.len() + rest.len() > full {
            let (now, later) = rest.split_at(full.saturating_sub(self.held.len()));
            self.held.extend_from_slice(now);
            rest = later;
            let chunk = std::mem::take(&mut self.held);
            self.seal(&chunk, false)?;
        }
        self.held.extend_from_slice(rest);
        Ok(())
    }

    /// Seals what is held as the last chunk, and gives all that was not given yet.
    pub(super) fn end(&mut self) -> std::result::Result<Vec<u8>, Error> {
        let rest = std::mem::take(&mut self.held);
        self.seal(&rest, true)?;
        Ok(std::mem::take(&mut self.sealed))
    }

    fn seal(&mut self, chunk: &[u8], last: bool) -> std::result::Result<(), Error> {
        self.sealed.extend(self.cipher.seal(self.number, last, chunk)?);
        self.number += 1;
        Ok(())
    }
}

/// An upload in parts, sealed on its way.
#[derive(Debug)]
pub(super) struct SealedUpload {
    pub(super) inner: Box<dyn MultipartUpload>,
    pub(super) sealing: Sealing,
}

#[async_trait::async_trait]
impl MultipartUpload for SealedUpload {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        let taken = data.iter().try_for_each(|bytes| self.sealing.take(bytes));
        if let Err(error) = taken {
            return Box::pin(std::future::ready(Err(failed(error))));
        }
        if self.sealing.sealed.len() < PART {
            return Box::pin(std::future::ready(Ok(())));
        }
        self.inner.put_part(PutPayload::from(std::mem::take(&mut self.sealing.sealed)))
    }

    async fn complete(&mut self) -> Result<PutResult> {
        let rest = self.sealing.end().map_err(failed)?;
        self.inner.put_part(PutPayload::from(rest)).await?;
        self.inner.complete().await
    }

    async fn abort(&mut self) -> Result<()> {
        self.inner.abort().await
    }
}

//! Opening what was stored, chunk by chunk, as far as it is asked for.

use super::form::{CHUNK, FileCipher, Layout, failed};
use crate::error::Error;
use bytes::{Bytes, BytesMut};
use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use object_store::Result;
use std::ops::Range;

/// Sealed chunks on their way out.
pub(super) struct Opening {
    cipher: FileCipher,
    sealed: BoxStream<'static, Result<Bytes>>,
    held: BytesMut,
    layout: Layout,
    /// Chunks still to come.
    ahead: Range<u64>,
    /// Readable bytes asked for.
    asked: Range<u64>,
}

impl Opening {
    /// The chunks `ahead` come in `sealed`, which begins with the first of them; `asked` is given of them.
    pub(super) fn of(
        cipher: FileCipher,
        (sealed, held): (BoxStream<'static, Result<Bytes>>, BytesMut),
        layout: Layout,
        (ahead, asked): (Range<u64>, Range<u64>),
    ) -> Self {
        Self { cipher, sealed, held, layout, ahead, asked }
    }

    /// The readable bytes; the stream fails at the first chunk that was changed, moved or cut off.
    pub(super) fn stream(self) -> BoxStream<'static, Result<Bytes>> {
        let opened = stream::try_unfold(self, |mut opening| async move {
            Ok::<_, object_store::Error>(opening.next().await?.map(|bytes| (bytes, opening)))
        });
        opened.boxed()
    }

    async fn next(&mut self) -> Result<Option<Bytes>> {
        let Some(number) = self.ahead.next() else { return Ok(None) };
        let stored = self.layout.stored(&(number..number + 1));
        let wanted = usize::try_from(stored.end - stored.start).unwrap_or(usize::MAX);
        while self.held.len() < wanted {
            let more = self.sealed.try_next().await?;
            self.held
                .extend_from_slice(&more.ok_or_else(|| failed(Error::Sealed("a file that was cut off")))?);
        }
        let sealed = self.held.split_to(wanted);
        let last = number + 1 == self.layout.chunks();
        let plain = self.cipher.open(number, last, &sealed).map_err(failed)?;
        Ok(Some(cut(Bytes::from(plain), number * CHUNK, &self.asked)))
    }
}

/// What of a chunk that begins at `start` was asked for.
fn cut(chunk: Bytes, start: u64, asked: &Range<u64>) -> Bytes {
    let within =
        |place: u64| usize::try_from(place.saturating_sub(start)).unwrap_or(usize::MAX).min(chunk.len());
    chunk.slice(within(asked.start)..within(asked.end))
}

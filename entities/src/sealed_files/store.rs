//! An object store over another one: callers put and get readable bytes, what is stored is sealed.

use super::form::{FileCipher, HEAD, Layout, STORE, failed};
use super::reading::Opening;
use super::writing::{SealedUpload, Sealing};
use crate::sealing::Sealer;
use bytes::BytesMut;
use futures::stream::{BoxStream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{
    CopyMode, CopyOptions, GetOptions, GetRange, GetResult, GetResultPayload, ListResult, MultipartUpload,
    ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutMultipartOptions, PutOptions, PutPayload, PutResult,
    Result,
};
use std::sync::Arc;

/// Seals each file under a key of its own, for the place it is stored at.
///
/// Sizes are those of the readable bytes. A file that is not sealed, was changed, cut off or moved is an error. A range
/// shows what it covers; that a file was cut off behind it is seen by whoever reads to the end.
#[derive(Debug, Clone)]
pub struct SealedStore {
    inner: Arc<dyn ObjectStore>,
    sealer: Sealer,
}

impl SealedStore {
    /// Over `inner`, with the data keys of the office.
    pub fn over(inner: Arc<dyn ObjectStore>, sealer: Sealer) -> Self {
        Self { inner, sealer }
    }

    fn begun(&self, location: &Path) -> Result<Sealing> {
        let (head, cipher) = FileCipher::begin(&self.sealer.ring(), location.as_ref()).map_err(failed)?;
        Ok(Sealing::behind(head, cipher))
    }

    fn cipher(&self, location: &Path, head: &[u8]) -> Result<FileCipher> {
        let cipher = FileCipher::read(&self.sealer.ring(), location.as_ref(), head);
        cipher.inspect_err(|error| self.sealer.met(error)).map_err(failed)
    }

    /// The whole file in one request.
    async fn whole(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let got = self.inner.get_opts(location, options).await?;
        let layout = Layout::of(got.meta.size);
        let (meta, attributes, extensions) =
            (got.meta.clone(), got.attributes.clone(), got.extensions.clone());
        let (mut sealed, mut held) = (got.into_stream(), BytesMut::new());
        let head_len = usize::try_from(HEAD).unwrap_or(usize::MAX);
        while held.len() < head_len {
            let Some(more) = sealed.try_next().await? else { break };
            held.extend_from_slice(&more);
        }
        let head = held.split_to(held.len().min(head_len));
        let cipher = self.cipher(location, &head)?;
        let asked = 0..layout.plain();
        let opening = Opening::of(cipher, (sealed, held), layout, (0..layout.chunks(), asked.clone()));
        Ok(GetResult {
            payload: GetResultPayload::Stream(opening.stream()),
            meta: readable(meta),
            range: asked,
            attributes,
            extensions,
        })
    }

    /// The head in one request, the chunks that hold the range in another; of the same file, should it be replaced
    /// between the two.
    async fn part(&self, location: &Path, range: &GetRange, options: GetOptions) -> Result<GetResult> {
        let beginning = GetOptions { range: Some(GetRange::Bounded(0..HEAD)), ..options.clone() };
        let head = self.inner.get_opts(location, beginning).await?;
        let (meta, layout) = (head.meta.clone(), Layout::of(head.meta.size));
        let cipher = self.cipher(location, &head.bytes().await?)?;
        let asked = range
            .as_range(layout.plain())
            .map_err(|error| object_store::Error::Generic { store: STORE, source: Box::new(error) })?;
        let chunks = layout.holding(&asked);
        let stored = GetRange::Bounded(layout.stored(&chunks));
        let same = GetOptions { range: Some(stored), if_match: meta.e_tag.clone(), ..options };
        let got = self.inner.get_opts(location, same).await?;
        let (attributes, extensions) = (got.attributes.clone(), got.extensions.clone());
        let sealed = (got.into_stream(), BytesMut::new());
        let opening = Opening::of(cipher, sealed, layout, (chunks, asked.clone()));
        Ok(GetResult {
            payload: GetResultPayload::Stream(opening.stream()),
            meta: readable(meta),
            range: asked,
            attributes,
            extensions,
        })
    }
}

#[async_trait::async_trait]
impl ObjectStore for SealedStore {
    async fn put_opts(&self, location: &Path, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        let mut sealing = self.begun(location)?;
        payload.iter().try_for_each(|bytes| sealing.take(bytes)).map_err(failed)?;
        let sealed = sealing.end().map_err(failed)?;
        self.inner.put_opts(location, PutPayload::from(sealed), opts).await
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        opts: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        let sealing = self.begun(location)?;
        let inner = self.inner.put_multipart_opts(location, opts).await?;
        Ok(Box::new(SealedUpload { inner, sealing }))
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        if options.head {
            let got = self.inner.get_opts(location, options).await?;
            let meta = readable(got.meta.clone());
            return Ok(GetResult { range: 0..meta.size, meta, ..got });
        }
        match options.range.clone() {
            None => self.whole(location, options).await,
            Some(range) => self.part(location, &range, options).await,
        }
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix).map_ok(readable).boxed()
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        let mut found = self.inner.list_with_delimiter(prefix).await?;
        found.objects = found.objects.into_iter().map(readable).collect();
        Ok(found)
    }

    /// A file opens only where it was sealed for, so its copy is sealed anew.
    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        let bytes = self.get(from).await?.bytes().await?;
        let mode = match options.mode {
            CopyMode::Overwrite => PutMode::Overwrite,
            CopyMode::Create => PutMode::Create,
        };
        self.put_opts(to, PutPayload::from_bytes(bytes), PutOptions::from(mode)).await?;
        Ok(())
    }
}

impl std::fmt::Display for SealedStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedStore({})", self.inner)
    }
}

fn readable(meta: ObjectMeta) -> ObjectMeta {
    ObjectMeta { size: Layout::of(meta.size).plain(), ..meta }
}

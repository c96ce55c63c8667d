//! Unpacking with an end: what is packed counts against one allowance, so that a small file cannot become a huge one.

use crate::limits::Limits;
use crate::refusals;
use crate::trouble::Trouble;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// Bytes that may still be unpacked.
#[derive(Debug)]
pub(super) struct Allowance(u64);

impl Allowance {
    pub(super) fn of(limits: &Limits) -> Self {
        Self(u64::from(limits.unpacked_mb) << 20)
    }

    /// Unpacks zlib data (PDF's FlateDecode) as far as it goes; fails when the allowance is spent.
    pub(super) fn zlib(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
        self.take(ZlibDecoder::new(bytes))
    }

    /// Unpacks bare deflate data (ZIP) as far as it goes; fails when the allowance is spent.
    pub(super) fn deflate(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
        self.take(DeflateDecoder::new(bytes))
    }

    fn take(&mut self, from: impl Read) -> Result<Vec<u8>, Trouble> {
        let mut out = Vec::new();
        // Damaged data is read up to its damage, as readers do.
        let _damaged = from.take(self.0.saturating_add(1)).read_to_end(&mut out);
        let left = u64::try_from(out.len()).ok().and_then(|length| self.0.checked_sub(length));
        self.0 = left.ok_or_else(refusals::bomb)?;
        Ok(out)
    }
}

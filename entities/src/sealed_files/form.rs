//! The form of a sealed file: a head with its own key, wrapped, and chunks that stand where they were written.

use crate::error::Error;
use crate::keys::envelope::Cipher;
use crate::keys::ring::Ring;
use std::ops::Range;

/// Readable bytes of a chunk.
pub const CHUNK: u64 = 64 * 1024;

/// Bytes that AES-GCM adds to a chunk.
const TAG: u64 = 16;

/// Bytes of a whole chunk as it is stored.
const SEALED_CHUNK: u64 = CHUNK + TAG;

/// What a sealed file begins with.
const MAGIC: &[u8; 8] = b"motcua1\n";

const ID: usize = 8;
const NONCE: usize = 12;

/// Bytes of the head: magic, id of the data key, nonce, the file's key wrapped.
pub const HEAD: u64 = 8 + 8 + 12 + 32 + TAG;

/// The key of one file.
#[derive(Debug)]
pub struct FileCipher(Cipher);

impl FileCipher {
    /// A new key for what is stored at `location`, and the head that keeps it.
    pub fn begin(ring: &Ring, location: &str) -> Result<(Vec<u8>, Self), Error> {
        let (id, wrapping) = ring.files()?;
        let (key, nonce): ([u8; 32], [u8; NONCE]) = (rand::random(), rand::random());
        let wrapped = wrapping.encrypt(nonce, &place(id.as_bytes(), location), &key)?;
        let head = [MAGIC.as_slice(), id.as_bytes(), &nonce, &wrapped].concat();
        Ok((head, Self(Cipher::new(key))))
    }

    /// The key in the head of a file found at `location`. Fails when it is none, was changed, or stood elsewhere.
    pub fn read(ring: &Ring, location: &str, head: &[u8]) -> Result<Self, Error> {
        let rest = head.strip_prefix(MAGIC).ok_or(Error::Sealed("a file that is not sealed"))?;
        let cut = || Error::Sealed("a file that was cut off in its head");
        let (id, rest) = rest.split_at_checked(ID).ok_or_else(cut)?;
        let (nonce, wrapped) = rest.split_first_chunk::<NONCE>().ok_or_else(cut)?;
        let name = std::str::from_utf8(id).map_err(|_| Error::Sealed("a file with a damaged head"))?;
        let key = ring.opener(name)?.decrypt(*nonce, &place(id, location), wrapped)?;
        let key = key.try_into().map_err(|_| Error::Sealed("a key of a wrong length"))?;
        Ok(Self(Cipher::new(key)))
    }

    /// Seals the chunk of this number; the last one is known as such.
    pub fn seal(&self, number: u64, last: bool, plain: &[u8]) -> Result<Vec<u8>, Error> {
        self.0.encrypt(nonce(number, last), b"", plain)
    }

    /// Opens the chunk of this number. Fails when it was changed, stood elsewhere, or another one was the last.
    pub fn open(&self, number: u64, last: bool, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        self.0.decrypt(nonce(number, last), b"", sealed)
    }
}

/// No number comes twice under the key of one file.
fn nonce(number: u64, last: bool) -> [u8; NONCE] {
    let mut nonce = [0; NONCE];
    let parts = [u8::from(last)].into_iter().chain([0; 3]).chain(number.to_be_bytes());
    for (to, from) in nonce.iter_mut().zip(parts) {
        *to = from;
    }
    nonce
}

fn place(id: &[u8], location: &str) -> Vec<u8> {
    [MAGIC.as_slice(), id, b"|", location.as_bytes()].concat()
}

/// What errors of a sealed store are known by.
pub(super) const STORE: &str = "sealed";

/// An error of sealing as the callers of a store know them.
pub(super) fn failed(error: Error) -> object_store::Error {
    object_store::Error::Generic { store: STORE, source: Box::new(error) }
}

/// Where things are in a sealed file of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    sealed: u64,
}

impl Layout {
    /// Of a file of `sealed` bytes as it is stored.
    pub fn of(sealed: u64) -> Self {
        Self { sealed }
    }

    /// Number of its chunks; an empty file has one.
    pub fn chunks(self) -> u64 {
        self.body().div_ceil(SEALED_CHUNK).max(1)
    }

    /// Readable bytes.
    pub fn plain(self) -> u64 {
        self.body().saturating_sub(self.chunks() * TAG)
    }

    /// The chunks that hold this range of readable bytes; the only one for an empty range.
    pub fn holding(self, range: &Range<u64>) -> Range<u64> {
        let last = range.end.saturating_sub(1).max(range.start);
        range.start / CHUNK..(last / CHUNK + 1).min(self.chunks())
    }

    /// Where these chunks are stored.
    pub fn stored(self, chunks: &Range<u64>) -> Range<u64> {
        HEAD + chunks.start * SEALED_CHUNK..(HEAD + chunks.end * SEALED_CHUNK).min(self.sealed)
    }

    fn body(self) -> u64 {
        self.sealed.saturating_sub(HEAD)
    }
}

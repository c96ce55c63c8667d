//! The port of every virus scanner: bytes in, a verdict out. A scanner that cannot judge is a failure, never a verdict.

use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;

/// Something that looks for viruses.
#[async_trait]
pub trait VirusScanner: Send + Sync {
    /// Looks through the bytes. Fails when there is no answer or the scanner has no signatures to look by.
    async fn scan(&self, trip: &Trip, bytes: &[u8]) -> Result<Verdict, Failure>;

    /// Engine and age of its signatures, such as `ClamAV 1.4.6/27456/Fri Nov 20 08:41:12 2026`; fails without signatures.
    async fn version(&self, trip: &Trip) -> Result<String, Failure>;
}

/// What a scanner found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// Something, by its name in the scanner's signatures.
    Infected {
        /// Such as `Eicar-Test-Signature`.
        name: String,
    },
    /// It was not looked at, because it is larger than the scanner takes.
    TooLarge,
}

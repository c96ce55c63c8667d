//! Everything deeds work with.

use crate::deeds::office::OfficeSettings;
use crate::digitising_settings::{DigitisingSettings, Unscanned};
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::Database;
use entities::files::{File, VirusScan};
use entities::jobs::Wake;
use entities::sealing::Sealer;
use object_store::ObjectStore;
use std::fmt;
use std::sync::Arc;

/// The office's memory, time and bell, and the wires that leave the house; cheap to clone.
#[derive(Clone)]
pub struct Hands {
    /// The memory.
    pub database: Database,
    /// The office's time.
    pub clock: Clock,
    /// To ring after writing further jobs.
    pub wake: Wake,
    /// Opens and seals personal data.
    pub sealer: Sealer,
    /// The catalogue, kept near.
    pub catalogue: Catalogue,
    /// Where the bytes of files are kept.
    pub files: Arc<dyn ObjectStore>,
    /// The outside parties, the same as at the edge.
    pub wires: Wires,
    /// What the office says of itself to others.
    pub office: Arc<OfficeSettings>,
    /// How papers are digitised.
    pub digitising: Arc<DigitisingSettings>,
}

impl Hands {
    /// Whether a virus scanner must see the file before anything else.
    pub(crate) fn waits_for_scan(&self, file: &File) -> bool {
        let unseen = file.virus_scan == VirusScan::NotScanned && file.virus_engine.is_none();
        unseen && (self.wires.scanner.is_some() || self.digitising.unscanned == Unscanned::Hold)
    }
}

/// Names what may be read in a log; neither secrets nor the parties' own settings are shown.
impl fmt::Debug for Hands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hands")
            .field("clock", &self.clock)
            .field("wires", &self.wires)
            .field("office", &self.office.public_url)
            .finish_non_exhaustive()
    }
}

//! How papers are digitised: limits for the programs, thresholds for people, and what goes without a scanner.

use digitising::safety::Limits;
use digitising::tools::{self, Tools};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// Section `[digitising]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DigitisingSettings {
    /// Most pages of one paper; a longer one is handed back to be divided.
    pub max_pages: u32,
    /// Seconds a program may take for one page.
    pub page_seconds: u64,
    /// MiB of memory a program may take.
    pub page_memory_mb: u64,
    /// Folders in which programs are looked for; empty means where Debian keeps them.
    pub programs: Vec<PathBuf>,
    /// Languages of the reader, as tesseract names them.
    pub languages: String,
    /// Dots per inch below which a scan is handed back (D-06).
    pub min_dpi: u32,
    /// A field that was read less surely, 0 to 100, is looked at by a person, unless its paper type says otherwise.
    pub check_below: u8,
    /// Of a hundred surely read fields so many are drawn to be keyed by two people; 0 draws none.
    pub typed_twice_percent: u8,
    /// Seconds after which the reading of a long paper lets others go before it.
    pub turn_seconds: u64,
    /// What becomes of files while no virus scanner is set up.
    pub unscanned: Unscanned,
    /// Folder of the certificates (PEM or DER) that signatures are traced back to.
    pub roots: Option<PathBuf>,
}

/// What becomes of files that no virus scanner has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unscanned {
    /// They stay in quarantine until there is a scanner.
    Hold,
    /// They go on, marked as not scanned.
    LetThrough,
}

impl Default for DigitisingSettings {
    fn default() -> Self {
        Self {
            max_pages: 500,
            page_seconds: 60,
            page_memory_mb: 1_024,
            programs: Vec::new(),
            languages: "vie".into(),
            min_dpi: 200,
            check_below: 80,
            typed_twice_percent: 5,
            turn_seconds: 20,
            unscanned: Unscanned::LetThrough,
            roots: None,
        }
    }
}

impl DigitisingSettings {
    /// The programs, each run held to these limits.
    pub fn tools(&self) -> Tools {
        let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let limits = tools::Limits {
            seconds: whole(self.page_seconds.max(1)),
            memory_mb: whole(self.page_memory_mb),
            ..tools::Limits::default()
        };
        if self.programs.is_empty() { Tools::new(&[], limits) } else { Tools::within(&self.programs, limits) }
    }

    /// How large a paper may be.
    pub fn paper_limits(&self) -> Limits {
        Limits { pages: self.max_pages, ..Limits::default() }
    }

    /// How long one paper is worked on at a stretch.
    pub fn turn(&self) -> Duration {
        Duration::from_secs(self.turn_seconds)
    }
}

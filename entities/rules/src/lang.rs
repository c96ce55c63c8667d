//! The two languages a sentence for people is written in.

use serde::{Deserialize, Serialize};

/// Language of a sentence; Vietnamese unless the reader asked for English.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Vietnamese, the language of the administration.
    #[default]
    Vi,
    /// English, for integrators and foreigners.
    En,
}

impl Lang {
    /// One of two texts.
    pub fn pick<T>(self, vi: T, en: T) -> T {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }
}

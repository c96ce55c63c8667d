//! Outside parties as an office uses them: planned, tried out, in use, or off.

use serde::{Deserialize, Serialize};

/// Whether a party, or one of its data services, is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyState {
    /// Not yet: work for it waits.
    Planned,
    /// Only calls of a trial go out; other work waits.
    Testing,
    /// In use.
    Live,
    /// Switched off by an administrator: work for it waits.
    Off,
}

impl PartyState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Testing, Self::Live, Self::Off];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Testing => "testing",
            Self::Live => "live",
            Self::Off => "off",
        }
    }

    /// Whether a call goes out; `trial` is one that an administrator makes to see whether the party answers.
    pub fn admits(self, trial: bool) -> bool {
        match self {
            Self::Live => true,
            Self::Testing => trial,
            Self::Planned | Self::Off => false,
        }
    }

    /// In words, in Vietnamese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Planned => ("mới dự kiến, chưa dùng", "planned, not in use yet"),
            Self::Testing => ("đang thử nghiệm", "being tried out"),
            Self::Live => ("đang hoạt động", "live"),
            Self::Off => ("đang tắt", "off"),
        }
    }
}

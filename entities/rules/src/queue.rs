//! The queues that jobs wait in.

use serde::{Deserialize, Serialize};

/// Kind of cost, so that none starves another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Short deeds: notices, housekeeping.
    Quick,
    /// Calls to slow parties.
    Party,
    /// Work that eats the processor.
    Heavy,
    /// The same for old papers: done in the places that `Heavy` leaves free.
    Backlog,
}

impl Queue {
    /// All queues.
    pub const ALL: [Self; 4] = [Self::Quick, Self::Party, Self::Heavy, Self::Backlog];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Party => "party",
            Self::Heavy => "heavy",
            Self::Backlog => "backlog",
        }
    }

    /// The queue whose work is done where this one leaves places free.
    pub fn behind(self) -> Option<Self> {
        (self == Self::Heavy).then_some(Self::Backlog)
    }
}

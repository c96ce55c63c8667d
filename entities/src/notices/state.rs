//! Where a notice stands in one channel, and where a version of a template stands.

use serde::{Deserialize, Serialize};

/// Where a notice stands in one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// It waits for its job, for the morning, or for a party that did not answer.
    Waiting,
    /// It is being handed over; found so afterwards, the hand-over was cut off.
    Handing,
    /// The provider has it, or it lies in the inbox.
    Handed,
    /// The provider says that the person has it.
    Delivered,
    /// The provider took it and says that it did not arrive.
    Undelivered,
    /// It cannot go this way; the reason is kept.
    Failed,
}

impl NoticeState {
    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Handing => "handing",
            Self::Handed => "handed",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
        }
    }
}

/// Where a version of a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// It may still be changed and is used by nobody.
    Draft,
    /// It never changes; it is in force from an instant until the next one is.
    Adopted,
}

impl TemplateState {
    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Adopted => "adopted",
        }
    }
}

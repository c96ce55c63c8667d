//! The port of everything that carries texts: one message to one telephone, and receipts afterwards.

use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use rules::notices::{NoticeChannel, Phone};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Something that carries texts.
#[async_trait]
pub trait TextCarrier: Send + Sync {
    /// The channel it serves.
    fn channel(&self) -> NoticeChannel;

    /// Hands one message over. Its `key` is the same at every attempt and is told to the party, so that a party that can
    /// will know a repeated one. `Fail` means that it cannot go this way and the next channel is to be tried.
    async fn send(&self, trip: &Trip, text: &Text) -> Result<Taken, Failure>;

    /// Reads what the party calls us about. Nothing of it is believed before the party has proved itself; compared in
    /// constant time.
    fn receipts(&self, heard: &Heard<'_>) -> Result<Vec<Receipt>, Rejected>;
}

/// One message, already written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Our number of it.
    pub key: Uuid,
    /// The telephone.
    pub phone: Phone,
    /// What it says.
    pub content: Content,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Plain text.
    Words(String),
    /// A template that the party has approved, and what stands in it.
    Template {
        /// Its number at the party.
        id: String,
        /// What it asks for, by its own names.
        params: BTreeMap<String, String>,
    },
}

/// The party has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The party's own number of it, where it gives one.
    pub party_ref: Option<String>,
}

/// What arrived at our door.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// Headers, names in lower case.
    pub headers: &'a BTreeMap<String, String>,
    /// The body, byte for byte.
    pub body: &'a [u8],
}

/// What the party says became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The party's own number of it.
    pub party_ref: Option<String>,
    /// Our number, where the party repeats it.
    pub key: Option<Uuid>,
    /// None when it arrived; else why not, as the party says it.
    pub undelivered: Option<String>,
}

/// Why a receipt is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected {
    /// Whoever sent it did not prove to be the party.
    Stranger,
    /// It cannot be read.
    Unreadable,
}

impl Rejected {
    /// Its key, for the answer.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Unreadable => "unreadable",
        }
    }
}

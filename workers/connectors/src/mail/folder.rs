//! Letters as files, one `.eml` each, for the demo and for offices without a mail server.

use super::{Letter, Mailer, message};
use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use lettre::message::Mailbox;
use serde::Deserialize;
use std::{fs, io, path::PathBuf};

/// Settings of the folder. Example: `{"folder": "./data/mail", "from": "Một cửa <motcua@tinh.example>"}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the files go; made when absent.
    pub folder: PathBuf,
    /// Sender of every letter.
    pub from: String,
}

/// The adapter. The file is named after the Message-ID, so that a repeated letter replaces itself.
#[derive(Debug)]
pub struct Folder {
    from: Mailbox,
    folder: PathBuf,
}

impl Folder {
    /// An adapter with these settings. Fails when the folder cannot be made.
    pub fn new(settings: Settings) -> Result<Self, Failure> {
        let from = settings.from.parse().map_err(|_| Failure::fail("the sender's address cannot be read"))?;
        fs::create_dir_all(&settings.folder).map_err(|error| unwritten(&error))?;
        Ok(Self { from, folder: settings.folder })
    }
}

#[async_trait]
impl Mailer for Folder {
    async fn send(&self, trip: &Trip, letter: &Letter) -> Result<(), Failure> {
        let message = message::build(trip, &self.from, letter)?;
        let half = self.folder.join(format!("{}.part", letter.message_id));
        let whole = self.folder.join(format!("{}.eml", letter.message_id));
        tokio::fs::write(&half, message.formatted()).await.map_err(|error| unwritten(&error))?;
        tokio::fs::rename(&half, &whole).await.map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::retry(format!("the letter cannot be written into the mail folder: {}", error.kind()))
}

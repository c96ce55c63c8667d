//! Letters as files, one `.eml` each, for the demo and for offices without a mail server.

use super::{Letter, Mailer, message};
use crate::{
    failure::Failure,
    line::{Call, Ended, Line},
    trip::Trip,
    wire::Wire,
};
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
    line: Line,
}

impl Folder {
    /// An adapter with these settings. Fails when the folder cannot be made.
    pub fn new(settings: Settings, wire: Wire) -> Result<Self, Failure> {
        let from = settings.from.parse().map_err(|_| Failure::fail("the sender's address cannot be read"))?;
        fs::create_dir_all(&settings.folder).map_err(|error| unwritten(&error))?;
        Ok(Self { from, folder: settings.folder, line: wire.line })
    }
}

#[async_trait]
impl Mailer for Folder {
    async fn send(&self, trip: &Trip, letter: &Letter) -> Result<(), Failure> {
        let message = message::build(trip, (&self.from, None), letter)?;
        let call = self.line.admit(trip, "send")?;
        let half = self.folder.join(format!("{}.part", letter.message_id));
        let whole = self.folder.join(format!("{}.eml", letter.message_id));
        let written = async {
            tokio::fs::write(&half, message.formatted()).await?;
            tokio::fs::rename(&half, &whole).await
        };
        ended(call, written.await)
    }

    async fn greet(&self, trip: &Trip) -> Result<(), Failure> {
        let call = self.line.admit(trip, "greet")?;
        ended(call, tokio::fs::metadata(&self.folder).await.map(|_| ()))
    }
}

fn ended(call: Call, written: io::Result<()>) -> Result<(), Failure> {
    let written = written.map_err(|error| unwritten(&error));
    call.ended(written.as_ref().map_or_else(|failure| Ended::Failed(failure.reason()), |()| Ended::Answered));
    written
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::retry(format!("the letter cannot be written into the mail folder: {}", error.kind()))
}

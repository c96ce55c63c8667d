//! The letters received, newest last; a letter that came again is counted and not listed twice.

use super::reading;
use crate::{
    sandbox::Clock,
    sandbox_page::{escaped, html},
};
use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What was received. Clones share it.
#[derive(Clone)]
pub struct Mailbox {
    clock: Clock,
    letters: Arc<Mutex<Vec<Received>>>,
}

/// One letter as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Received {
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// Sender, as the header says.
    pub from: String,
    /// Recipient, as the envelope says.
    pub to: String,
    /// Subject, decoded.
    pub subject: String,
    /// The plain text, decoded.
    pub text: String,
    /// When it came first.
    pub received_at: DateTime<Utc>,
    /// How often it came.
    pub copies: u32,
    /// The letter as it came last.
    pub raw: String,
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").field("letters", &self.open().len()).finish_non_exhaustive()
    }
}

impl Mailbox {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, letters: Arc::default() }
    }

    /// The letters so far.
    pub fn letters(&self) -> Vec<Received> {
        self.open().clone()
    }

    fn open(&self) -> MutexGuard<'_, Vec<Received>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keep(&self, to: &str, raw: String) {
        let message_id = reading::header(&raw, "Message-ID").trim_matches(['<', '>']).to_owned();
        let mut letters = self.open();
        let known = letters.iter_mut().find(|held| held.to == to && held.message_id == message_id);
        if let Some(held) = known {
            held.copies = held.copies.saturating_add(1);
            held.raw = raw;
            return;
        }
        letters.push(Received {
            message_id,
            from: reading::header(&raw, "From"),
            to: to.to_owned(),
            subject: reading::header(&raw, "Subject"),
            text: reading::plain_text(&raw),
            received_at: (self.clock)(),
            copies: 1,
            raw,
        });
    }
}

/// The mailbox as a person wants to see it, newest first.
pub(super) async fn page(mailbox: web::Data<Mailbox>) -> HttpResponse {
    let letters: String = mailbox.letters().iter().rev().map(drawn).collect();
    html(&format!("<h1>Hộp thư</h1>{letters}"))
}

fn drawn(letter: &Received) -> String {
    format!(
        "<hr><p>{at}<br>Đến: {to}<br><b>{subject}</b></p><pre>{text}</pre>",
        at = letter.received_at.to_rfc3339(),
        to = escaped(&letter.to),
        subject = escaped(&letter.subject),
        text = escaped(&letter.text),
    )
}

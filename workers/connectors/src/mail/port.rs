//! The port of every mailer: one letter to one person.

use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;

/// Something that carries letters.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one letter over. The letter's own `message_id` is what tells a repeated letter from a new one.
    async fn send(&self, trip: &Trip, letter: &Letter) -> Result<(), Failure>;

    /// Asks whether letters would be taken, and sends none.
    async fn greet(&self, trip: &Trip) -> Result<(), Failure>;
}

/// One letter, already written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Message-ID without angle brackets, the same at every attempt, such as `018f…@motcua.example`.
    pub message_id: String,
    /// The letter's own short number, at most 40 characters: what a return path names it by.
    pub key: String,
    /// Address of the one recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same in HTML, where there is such a template.
    pub html: Option<String>,
    /// Further headers, name and value.
    pub headers: Vec<(String, String)>,
}

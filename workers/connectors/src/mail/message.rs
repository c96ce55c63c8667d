//! A letter as an Internet message (RFC 5322): text, the same in HTML where there is one, and the caller's Message-ID.

use super::Letter;
use crate::{failure::Failure, trip::Trip};
use lettre::{
    Message,
    address::Envelope,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};
use std::time::SystemTime;

/// The message of a letter, the same bytes for the same letter at the same instant.
pub(super) fn build(
    trip: &Trip,
    (from, return_path): (&Mailbox, Option<&str>),
    letter: &Letter,
) -> Result<Message, Failure> {
    let to = letter.to.parse().map_err(|_| Failure::fail("the recipient's address cannot be read"))?;
    let id = &letter.message_id;
    if !is_message_id(id) || holds_line_break(&letter.subject) {
        return Err(Failure::fail("the letter's identifier or subject cannot stand in a header"));
    }
    let mut builder = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&*letter.subject)
        .message_id(Some(format!("<{id}>")))
        .date(SystemTime::from(trip.at));
    for (name, value) in &letter.headers {
        builder = builder.raw_header(header(name, value)?);
    }
    if let Some(path) = return_path {
        builder = builder.envelope(envelope(path, letter)?);
    }
    let plain = SinglePart::plain(letter.text.clone());
    let message = match &letter.html {
        None => builder.singlepart(plain),
        Some(html) => {
            let parts = MultiPart::alternative().boundary(boundary(id)).singlepart(plain);
            builder.multipart(parts.singlepart(SinglePart::html(html.clone())))
        }
    };
    message.map_err(|_| Failure::fail("the letter cannot be written as a message"))
}

// The address that a letter comes back to names the letter, so that nobody need read what a mail server writes. A
// Message-ID would be too long: 64 characters may stand before the @ (RFC 5321 §4.5.3.1.1).
fn envelope(path: &str, letter: &Letter) -> Result<Envelope, Failure> {
    let back = path.replace("{key}", &letter.key).parse();
    let back = back.map_err(|_| Failure::fail("the return path cannot be read"))?;
    let to = letter.to.parse().map_err(|_| Failure::fail("the recipient's address cannot be read"))?;
    Envelope::new(Some(back), vec![to]).map_err(|_| Failure::fail("the return path cannot be used"))
}

fn is_message_id(id: &str) -> bool {
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b"@.-_+".contains(&b));
    plain && id.split('@').filter(|part| !part.is_empty()).count() == 2
}

fn header(name: &str, value: &str) -> Result<HeaderValue, Failure> {
    let unusable = || Failure::fail(format!("the header {name:?} cannot be written"));
    if holds_line_break(value) || holds_line_break(name) {
        return Err(unusable());
    }
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| unusable())?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

// A line break would start a header of the sender's choice.
fn holds_line_break(text: &str) -> bool {
    text.contains(['\r', '\n', '\0'])
}

fn boundary(id: &str) -> String {
    hex::encode(Sha256::digest(id.as_bytes()))
}

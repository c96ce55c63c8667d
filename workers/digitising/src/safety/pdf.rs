//! PDF: passwords, content that acts by itself, packed objects, and how many pages there are.
//!
//! It is read as a stream of names and not as a document: whatever a reader could find, by its table of contents or by
//! searching, is seen, and nothing is followed, so that nothing can lead in circles.

use super::Examined;
use super::names::{Dictionary, Seen, Stream, walk};
use super::packed::Allowance;
use crate::limits::Limits;
use crate::refusals;
use crate::trouble::Trouble;

/// Looks through the whole file and what is packed in it.
pub(super) fn examine(bytes: &[u8], limits: &Limits) -> Result<Examined, Trouble> {
    let (mut seen, streams) = walk(bytes);
    if seen.encrypted {
        return Err(refusals::locked());
    }
    let mut allowance = Allowance::of(limits);
    for stream in &streams {
        seen.add(unpacked(stream, &mut allowance, limits)?);
    }
    if seen.active {
        return Err(refusals::active());
    }
    if !ends(bytes) {
        return Err(refusals::truncated());
    }
    match seen.pages() {
        0 => Err(refusals::broken()),
        pages if pages > limits.pages => Err(refusals::too_many_pages(pages, limits.pages)),
        pages => Ok(Examined { pages: Some(pages), signed: seen.signed, text: seen.fonts }),
    }
}

/// What is seen in the objects that a stream holds; other streams are only weighed.
fn unpacked(stream: &Stream<'_>, allowance: &mut Allowance, limits: &Limits) -> Result<Seen, Trouble> {
    let Dictionary { width, height, holds_objects, deflated, unreadable, image, .. } = stream.dictionary;
    if image && width.saturating_mul(height) > limits.pixels {
        return Err(refusals::too_large());
    }
    if holds_objects && unreadable {
        return Err(refusals::hidden());
    }
    let out = match deflated && (holds_objects || !image) {
        true => allowance.zlib(stream.bytes)?,
        false => Vec::new(),
    };
    let inside = if deflated { out.as_slice() } else { stream.bytes };
    Ok(if holds_objects { walk(inside).0 } else { Seen::default() })
}

/// The mark of the end stands in the last two kilobytes; some programs append blanks or a line of their own.
fn ends(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default();
    tail.windows(5).any(|window| window == b"%%EOF")
}

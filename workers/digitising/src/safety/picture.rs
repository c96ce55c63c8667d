//! Pictures: whole, and of a size that can be worked on, as their headers tell.

use super::Examined;
use crate::limits::Limits;
use crate::pages::still_pages;
use crate::refusals;
use crate::trouble::Trouble;

/// Reads headers only; that every pixel can be decoded is seen when the page is made.
pub(super) fn examine(bytes: &[u8], media_type: &str, limits: &Limits) -> Result<Examined, Trouble> {
    let pages = still_pages(bytes, media_type, limits)?;
    let whole = match media_type {
        "image/png" => bytes.windows(8).any(|window| window == b"IEND\xae\x42\x60\x82"),
        "image/jpeg" => bytes.windows(2).any(|window| window == b"\xff\xd9"),
        _ => true,
    };
    match pages {
        _ if !whole => Err(refusals::truncated()),
        pages if pages > limits.pages => Err(refusals::too_many_pages(pages, limits.pages)),
        pages => Ok(Examined { pages: Some(pages), ..Examined::default() }),
    }
}

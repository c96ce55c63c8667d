//! Whether a file may be taken: what it is, whether it is whole, and whether it does anything by itself.
//!
//! Simple looks at the bytes, on the careful side, also into what is packed. It is no virus scan.

mod names;
mod office;
mod packed;
mod pdf;
mod picture;
mod polyglot;
#[cfg(test)]
mod tests;

pub use crate::limits::Limits;

use crate::refusals;
use crate::trouble::Trouble;

const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";

/// What was seen of a file that may be taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Examined {
    /// Its pages, as the file itself tells; none for a document without fixed pages.
    pub pages: Option<u32>,
    /// It carries a digital signature, not yet checked.
    pub signed: bool,
    /// It carries text of its own and not only pictures.
    pub text: bool,
}

/// Looks at the bytes of a file of this type; [`Trouble::Paper`] says why it is not taken.
///
/// Codes: `empty`, `wrong_type`, `polyglot`, `encrypted`, `active`, `hidden`, `macros`, `bomb`, `truncated`, `broken`,
/// `too_large_picture`, `too_many_pages`.
pub fn examine(bytes: &[u8], media_type: &str, limits: &Limits) -> Result<Examined, Trouble> {
    if bytes.is_empty() {
        return Err(refusals::empty());
    }
    if infer::get(bytes).map(|kind| kind.mime_type()) != Some(media_type) {
        return Err(refusals::wrong_type());
    }
    let examined = match media_type {
        "application/pdf" => pdf::examine(bytes, limits)?,
        office if office.starts_with(OFFICE) => office::examine(bytes, limits)?,
        picture => picture::examine(bytes, picture, limits)?,
    };
    if polyglot::is(bytes, media_type) { Err(refusals::polyglot()) } else { Ok(examined) }
}

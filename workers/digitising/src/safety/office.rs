//! Documents of word processors and spreadsheets: containers whose parts are looked at one by one.

use super::Examined;
use super::packed::Allowance;
use crate::limits::Limits;
use crate::refusals;
use crate::trouble::Trouble;

/// Parts that act by themselves.
const ACTING: [&[u8]; 3] = [b"vbaProject.bin", b"/activeX/", b"vbaData.xml"];
const MOST_PARTS: usize = 10_000;

/// Unpacks every part within the allowance; the sizes that a container tells of itself are not believed.
pub(super) fn examine(bytes: &[u8], limits: &Limits) -> Result<Examined, Trouble> {
    if ACTING.iter().any(|name| bytes.windows(name.len()).any(|window| window == *name)) {
        return Err(refusals::macros());
    }
    let mut allowance = Allowance::of(limits);
    let mut place = directory(bytes).ok_or_else(refusals::truncated)?;
    for _ in 0..MOST_PARTS {
        let Some(part) = Part::at(bytes, place) else {
            return Ok(Examined { text: true, ..Examined::default() });
        };
        if part.locked {
            return Err(refusals::locked());
        }
        let packed = part.bytes(bytes).ok_or_else(refusals::truncated)?;
        if part.deflated {
            allowance.deflate(packed)?;
        }
        place = part.next;
    }
    Err(refusals::bomb())
}

/// Where the list of parts begins, as the end of the container tells.
fn directory(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = from + bytes.get(from..)?.windows(22).rposition(|end| end.starts_with(b"PK\x05\x06"))?;
    long(bytes, end + 16)
}

struct Part {
    locked: bool,
    deflated: bool,
    size: usize,
    header: usize,
    next: usize,
}

impl Part {
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let lengths = short(bytes, at + 28)? + short(bytes, at + 30)? + short(bytes, at + 32)?;
        Some(Self {
            locked: short(bytes, at + 8)? & 1 == 1,
            deflated: short(bytes, at + 10)? == 8,
            size: long(bytes, at + 20)?,
            header: long(bytes, at + 42)?,
            next: at + 46 + lengths,
        })
    }

    fn bytes<'a>(&self, all: &'a [u8]) -> Option<&'a [u8]> {
        let from =
            self.header.checked_add(30 + short(all, self.header + 26)? + short(all, self.header + 28)?)?;
        all.get(from..from.checked_add(self.size)?)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(bytes)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}

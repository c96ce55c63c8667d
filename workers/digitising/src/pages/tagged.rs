//! The tags of a picture that Exif and TIFF share: dots per inch and which way is up (TIFF 6.0 §2).

/// Dots per inch; none when they are not told or in no unit.
pub(super) fn density(tiff: &[u8]) -> Option<u16> {
    let ifd = Directory::first(tiff)?;
    let at = usize::try_from(ifd.value(0x011a)?).ok()?;
    let (dots, of) = (ifd.long(at)?, ifd.long(at.checked_add(4)?)?);
    let dots = dots.checked_div(of)?;
    match ifd.value(0x0128).unwrap_or(2) {
        2 => u16::try_from(dots).ok(),
        3 => u16::try_from(dots.checked_mul(254)? / 100).ok(),
        _ => None,
    }
}

/// Orientation from 1 (upright) to 8.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
    let told = Directory::first(tiff)?.value(0x0112)?;
    u16::try_from(told).ok().filter(|told| (1..=8).contains(told))
}

struct Directory<'a> {
    bytes: &'a [u8],
    little: bool,
    at: usize,
}

impl<'a> Directory<'a> {
    fn first(bytes: &'a [u8]) -> Option<Self> {
        let little = match bytes.get(..4)? {
            [b'I', b'I', 42, 0] => true,
            [b'M', b'M', 0, 42] => false,
            _ => return None,
        };
        let at = Self { bytes, little, at: 0 }.long(4)?;
        Some(Self { bytes, little, at: usize::try_from(at).ok()? })
    }

    /// The value of a tag as it stands in its entry: a short, a long, or the place of something longer.
    fn value(&self, tag: u16) -> Option<u32> {
        let entries = usize::from(self.short(self.at)?);
        let places = (0..entries.min(512)).map(|entry| self.at.saturating_add(2 + 12 * entry));
        let place = places.into_iter().find(|place| self.short(*place) == Some(tag))?;
        match self.short(place.checked_add(2)?)? {
            3 => self.short(place.checked_add(8)?).map(u32::from),
            _ => self.long(place.checked_add(8)?),
        }
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_are_read_and_nonsense_is_not() {
        let mut little = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
        little.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
        little.extend(b"\x1a\x01\x05\0\x01\0\0\0\x26\0\0\0");
        little.extend(b"\0\0\0\0");
        little.extend(b"\x2c\x01\0\0\x01\0\0\0");

        assert_eq!((density(&little), orientation(&little)), (Some(300), Some(6)));
        for cut in 0..little.len() {
            let _nothing_panics = (density(&little[..cut]), orientation(&little[..cut]));
        }
        assert_eq!(density(b"II\x2a\0\xff\xff\xff\xff"), None);
    }
}

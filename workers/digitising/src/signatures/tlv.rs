//! DER as it stands in a message: tags and the bytes under them (X.690 §8), read without ever failing loudly.

/// One element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    /// The tag byte; tags above 30 are not used by any structure read here.
    pub(super) tag: u8,
    /// With tag and length.
    pub(super) whole: &'a [u8],
    /// Without them.
    pub(super) value: &'a [u8],
}

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OBJECT: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag `[n]`, constructed.
pub(super) const fn context(n: u8) -> u8 {
    0xa0 | n
}

/// The first element and what follows it; nothing when the bytes are no definite-length DER.
pub(super) fn first(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (tag, after) = bytes.split_first()?;
    let (length, after) = after.split_first()?;
    let (length, after) = match length {
        short @ 0..=0x7f => (usize::from(*short), after),
        long @ 0x81..=0x84 => {
            let (digits, after) = after.split_at_checked(usize::from(long & 0x7f))?;
            let length = digits.iter().fold(0_usize, |sum, digit| (sum << 8) | usize::from(*digit));
            (length, after)
        }
        _ => return None,
    };
    let (value, rest) = after.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len().checked_sub(rest.len())?)?;
    Some((Element { tag: *tag, whole, value }, rest))
}

/// All elements that stand one after the other; nothing when the last is cut.
pub(super) fn all(mut bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (element, rest) = first(bytes)?;
        found.push(element);
        bytes = rest;
    }
    Some(found)
}

impl<'a> Element<'a> {
    /// What stands inside.
    pub(super) fn inside(&self) -> Option<Vec<Element<'a>>> {
        all(self.value)
    }

    /// The element itself when it has this tag.
    pub(super) fn tagged(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }

    /// An object identifier in dots.
    pub(super) fn object(&self) -> Option<String> {
        let oid = x509_cert::der::asn1::ObjectIdentifier::from_bytes(self.value).ok()?;
        (self.tag == OBJECT).then(|| oid.to_string())
    }
}

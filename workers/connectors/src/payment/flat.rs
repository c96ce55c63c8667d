//! A message of named texts, as JSON or as a form: read strictly, so that a member has one meaning or none.

use super::Rejected;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt};

/// Largest message that is looked at, in bytes.
pub(super) const LARGEST: usize = 64 << 10;

/// Members of a message by name. Numbers are told by their digits; members that are no scalars are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flat(BTreeMap<String, String>);

impl Flat {
    /// Reads a JSON object; a name that stands there twice makes it unreadable.
    pub(super) fn json(body: &[u8]) -> Result<Self, Rejected> {
        if body.len() > LARGEST {
            return Err(Rejected::Malformed);
        }
        serde_json::from_slice(body).map_err(|_| Rejected::Malformed)
    }

    /// Reads `application/x-www-form-urlencoded`; a name that stands there twice makes it unreadable.
    pub(super) fn form(body: &[u8]) -> Result<Self, Rejected> {
        if body.len() > LARGEST {
            return Err(Rejected::Malformed);
        }
        let text = std::str::from_utf8(body).map_err(|_| Rejected::Malformed)?;
        let mut members = BTreeMap::new();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').ok_or(Rejected::Malformed)?;
            let (name, value) = (decoded(name)?, decoded(value)?);
            if members.insert(name, value).is_some() {
                return Err(Rejected::Malformed);
            }
        }
        Ok(Self(members))
    }

    /// A member's text; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A member that must be there and hold something.
    pub(super) fn needed(&self, name: &str) -> Result<&str, Rejected> {
        Some(self.text(name)).filter(|text| !text.is_empty()).ok_or(Rejected::Malformed)
    }

    /// Whether a member is there, even empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A sum in đồng: digits alone, without a zero before them, as it is signed.
    pub(super) fn sum(&self, name: &str) -> Result<i64, Rejected> {
        let text = self.needed(name)?;
        let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        if plain { text.parse().map_err(|_| Rejected::Malformed) } else { Err(Rejected::Malformed) }
    }
}

impl<'de> Deserialize<'de> for Flat {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Flat;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Flat, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                _ => continue,
            };
            if members.insert(name, text).is_some() {
                return Err(A::Error::custom("a member stands there twice"));
            }
        }
        Ok(Flat(members))
    }
}

fn decoded(text: &str) -> Result<String, Rejected> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<u8>| {
                    b.and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok())
                };
                let (high, low) = (digit(rest.next()), digit(rest.next()));
                high.zip(low).map(|(high, low)| high << 4 | low).ok_or(Rejected::Malformed)?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).map_err(|_| Rejected::Malformed)
}

/// Pairs as `application/x-www-form-urlencoded`.
pub(super) fn encoded(pairs: &[(&str, &str)]) -> String {
    let of_pair = |(name, value): &(&str, &str)| format!("{}={}", escaped(name), escaped(value));
    pairs.iter().map(of_pair).collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let of_byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(of_byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_reads_as_it_was_written() {
        let form = encoded(&[("a", "Nộp phí & lệ phí"), ("b", "+/="), ("c", "")]);

        let read = Flat::form(form.as_bytes()).unwrap();

        assert_eq!((read.text("a"), read.text("b"), read.text("c")), ("Nộp phí & lệ phí", "+/=", ""));
        assert!(read.has("c") && read.needed("c").is_err() && !read.has("d"));
    }

    #[test]
    fn a_member_that_stands_there_twice_makes_a_message_unreadable() {
        for body in [&b"a=1&a=2"[..], b"a=1&%61=2", b"a", b"", b"a=%", b"a=%2", b"a=%zz", b"a=%ff", b"\xff=1"]
        {
            assert_eq!(Flat::form(body), Err(Rejected::Malformed), "{body:?}");
        }
        for body in [&br#"{"a":1,"a":2}"#[..], br#"{"a":1,"\u0061":2}"#, b"[]", b"1", b"", b"{\"a\":\xff}"] {
            assert_eq!(Flat::json(body), Err(Rejected::Malformed), "{body:?}");
        }
    }

    #[test]
    fn a_sum_is_digits_alone() {
        for (text, sum) in
            [("20000", Ok(20_000)), ("020000", Err(Rejected::Malformed)), ("-1", Err(Rejected::Malformed))]
        {
            let body = format!(r#"{{"sum":"{text}"}}"#);
            assert_eq!(Flat::json(body.as_bytes()).unwrap().sum("sum"), sum, "{text}");
        }
        for body in
            [r#"{"sum":1e4}"#, r#"{"sum":1.0}"#, r#"{"sum":null}"#, r#"{"sum":"99999999999999999999"}"#, "{}"]
        {
            assert_eq!(Flat::json(body.as_bytes()).unwrap().sum("sum"), Err(Rejected::Malformed), "{body}");
        }
    }
}

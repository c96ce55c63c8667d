//! Members of a message, read with their types and lengths: lenient about numbers as texts, strict about everything else.

use crate::{portal::Misread, trip::read_stamp};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Longest code, key or number.
pub(super) const CODE: usize = 100;
/// Longest name of a person, an organisation or a file.
pub(super) const NAME: usize = 500;
/// Longest words and links.
pub(super) const WORDS: usize = 4000;

/// The message as an object.
pub(super) fn parsed(body: &[u8]) -> Result<Value, Misread> {
    let text = std::str::from_utf8(body).map_err(|_| malformed("the message is not UTF-8"))?;
    let message: Value = serde_json::from_str(text).map_err(|_| malformed("the message is not JSON"))?;
    if !message.is_object() {
        return Err(malformed("the message is not an object"));
    }
    if holds_null_character(&message) {
        return Err(bad("a text of the message"));
    }
    Ok(message)
}

// No database keeps it, and no honest message holds it.
fn holds_null_character(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_null_character),
        Value::Object(members) => {
            members.iter().any(|(name, inner)| name.contains('\0') || holds_null_character(inner))
        }
        _ => false,
    }
}

/// A member that is an object; absent is an empty one.
pub(super) fn object<'a>(value: &'a Value, name: &str) -> Result<&'a Value, Misread> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(&Value::Null),
        Some(inner @ Value::Object(_)) => Ok(inner),
        Some(_) => Err(bad(name)),
    }
}

/// A member that is a list; absent is an empty one.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], Misread> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) if items.iter().all(Value::is_object) => Ok(items),
        Some(_) => Err(bad(name)),
    }
}

/// The text of a member, trimmed; none when absent or empty.
pub(super) fn text(value: &Value, name: &str, most: usize) -> Result<Option<String>, Misread> {
    single(value.get(name), name, most)
}

/// The same of a value that was found by a pointer.
pub(super) fn single(found: Option<&Value>, name: &str, most: usize) -> Result<Option<String>, Misread> {
    let text = match found {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err(bad(name)),
    };
    if text.contains('\0') {
        return Err(bad(name));
    }
    if text.chars().count() > most {
        return Err(Misread { code: "too_long", words: format!("{name} has more than {most} characters") });
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// The text of a member that must be there.
pub(super) fn needed(value: &Value, name: &str, most: usize) -> Result<String, Misread> {
    text(value, name, most)?.ok_or_else(|| missing(name))
}

/// An instant as `yyyyMMddHHmmss`; none when absent.
pub(super) fn moment(value: &Value, name: &str) -> Result<Option<DateTime<Utc>>, Misread> {
    let told = text(value, name, CODE)?;
    told.map(|text| read_stamp(&text).ok_or_else(|| bad(name))).transpose()
}

/// Digits as a sum in đồng.
pub(super) fn sum(text: &str, name: &str) -> Result<i64, Misread> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or_else(|| bad(name))
}

/// Yes or no, in any of the ways this wire writes it; absent is no.
pub(super) fn yes(value: &Value, name: &str) -> Result<bool, Misread> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(yes)) => Ok(*yes),
        Some(_) => match text(value, name, CODE)?.unwrap_or_default().to_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" | "" => Ok(false),
            _ => Err(bad(name)),
        },
    }
}

/// Bytes out of base64, with or without line breaks; none when absent or empty.
pub(super) fn bytes(found: Option<&Value>, name: &str) -> Result<Option<Vec<u8>>, Misread> {
    let encoded = match found {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text,
        Some(_) => return Err(bad(name)),
    };
    let encoded: String = encoded.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(encoded).map_err(|_| bad(name))?;
    Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
}

pub(super) fn malformed(words: &str) -> Misread {
    Misread { code: "malformed", words: words.to_owned() }
}

pub(super) fn missing(name: &str) -> Misread {
    Misread { code: "missing", words: format!("{name} is missing") }
}

pub(super) fn bad(name: &str) -> Misread {
    Misread { code: "bad_value", words: format!("{name} holds something that cannot be read") }
}

//! What the portal answers, read leniently: codes come as numbers or texts, the message tells the rest, and
//! integration platforms wrap one answer into another (wire.md §1.3, §1.13).

use crate::{failure::Failure, loose_json::text, outgoing::Answer};
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::SecretString;
use serde_json::Value;

/// An answer as it was said.
#[derive(Debug)]
pub(super) struct Said {
    /// What it means.
    pub(super) verdict: Verdict,
    /// What it carries; null when nothing.
    pub(super) result: Value,
}

/// What an answer means.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Taken.
    Taken,
    /// The portal holds it already.
    Known,
    /// The portal does not hold it.
    Absent,
    /// The session is no longer good.
    SessionLost,
    /// No, with the portal's code and words.
    Refused(String, String),
}

impl Verdict {
    /// Nothing when taken, otherwise the failure it is. Its words are ours: those of the portal may name a person, and
    /// stay in the sealed answer of the ledger.
    pub(super) fn taken(self) -> Result<(), Failure> {
        let words = match self {
            Self::Taken => return Ok(()),
            Self::Known => "hồ sơ đã tồn tại / it holds the dossier already".to_owned(),
            Self::Absent => "hồ sơ không tồn tại / it does not hold the dossier".to_owned(),
            Self::SessionLost => "phiên làm việc đã hết hạn / the session is over".to_owned(),
            Self::Refused(code, _) => format!("mã / code {}", plain(&code)),
        };
        Err(Failure::fail(format!("Cổng từ chối / the national portal refused: {words}")))
    }
}

impl Said {
    /// Reads an answer; one without a code in any of its layers cannot be read.
    pub(super) fn read(answer: &Answer) -> Result<Self, Failure> {
        if answer.status == 401 {
            return Ok(Self { verdict: Verdict::SessionLost, result: Value::Null });
        }
        Self::of(answer.json()?).ok_or_else(|| answer.unreadable())
    }

    /// The same of an answer that is JSON.
    pub(super) fn of(mut said: Value) -> Option<Self> {
        let mut code = code_of(&said);
        // The outer code counts until an inner answer brings one of its own.
        for _ in 0..LAYERS {
            let Some(inner) = unwrapped(&said) else { break };
            let inner_code = code_of(&inner);
            code = if inner_code.is_empty() { code } else { inner_code };
            said = inner;
        }
        if code.is_empty() {
            return None;
        }
        Some(Self { verdict: judge(code, &text(&said, "message")), result: carried(said) })
    }

    /// The rows of a list, once it was granted; an answer without a list is not an empty one.
    pub(super) fn listed(self) -> Result<Vec<Value>, Failure> {
        match self.granted()? {
            Value::Null | Value::String(_) => {
                Err(Failure::retry("the national portal answered without the list it was asked for"))
            }
            result => Ok(rows(&result)),
        }
    }

    /// What a pull carries, once it was granted.
    pub(super) fn granted(self) -> Result<Value, Failure> {
        self.verdict.taken()?;
        Ok(self.result)
    }
}

/// A code as far as it is one: short, and nothing but letters, digits and what stands between them.
fn plain(code: &str) -> String {
    let in_a_code = |c: &char| c.is_ascii_alphanumeric() || "-_.".contains(*c);
    let digits = code.chars().filter(char::is_ascii_digit).count();
    // Nine digits or more may be somebody's number.
    if digits >= 9 { "?".to_owned() } else { code.chars().filter(in_a_code).take(40).collect() }
}

const LAYERS: usize = 3;

fn code_of(said: &Value) -> String {
    let codes = ["error_code", "error_code0", "errorCode"].map(|name| text(said, name));
    codes.into_iter().find(|code| !code.is_empty()).unwrap_or_default()
}

// An answer inside `response`, or as text inside `message`.
fn unwrapped(said: &Value) -> Option<Value> {
    if let Some(inner) = said.get("response").filter(|inner| inner.is_object()) {
        return Some(inner.clone());
    }
    let words = said.get("message")?.as_str()?.trim_start();
    let wrapped = words.starts_with('{') || words.starts_with('[');
    let inner = serde_json::from_str(words).ok().filter(|_| wrapped)?;
    Some(inner)
}

// The whole answer where it is a bare list.
fn carried(mut said: Value) -> Value {
    if said.is_array() {
        return said;
    }
    let names = ["result", "data"];
    let found = names.iter().find_map(|name| said.get_mut(*name).map(Value::take));
    match found {
        Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        Some(value) => value,
        None => Value::Null,
    }
}

// Code 0 and nothing about an existing record is success; everything else is sorted by its words.
fn judge(code: String, words: &str) -> Verdict {
    let folded = words.to_lowercase();
    match () {
        () if folded.contains("đã tồn tại") => Verdict::Known,
        () if code == "0" => Verdict::Taken,
        () if folded.contains("session") || folded.contains("phiên") => Verdict::SessionLost,
        () if folded.contains("không tồn tại") || folded.contains("không tìm thấy") => {
            Verdict::Absent
        }
        () => Verdict::Refused(code, words.chars().take(200).collect()),
    }
}

/// The rows of a result: the list itself, the list inside `data`, or the one row that an object is.
pub(super) fn rows(result: &Value) -> Vec<Value> {
    match result {
        Value::Array(rows) => rows.clone(),
        Value::Object(object) => match object.get("data") {
            Some(Value::Array(rows)) => rows.clone(),
            _ if object.is_empty() => Vec::new(),
            _ => vec![result.clone()],
        },
        _ => Vec::new(),
    }
}

/// The session out of the answer to a login.
pub(super) fn read_session(answer: &Answer) -> Result<SecretString, Failure> {
    let said: Value = answer.json()?;
    let (code, session) = (text(&said, "error_code"), text(&said, "session"));
    match code.as_str() {
        "0" if !session.is_empty() => Ok(SecretString::from(session)),
        "" | "0" => Err(answer.unreadable()),
        _ => {
            let code = plain(&code);
            Err(Failure::fail(format!("the national portal refused the login (code {code})")))
        }
    }
}

/// Whether the answer to the fetching of a file says that the session is over.
pub(super) fn is_session_lost(answer: &Answer) -> bool {
    let lost = |said: Said| matches!(said.verdict, Verdict::SessionLost);
    answer.status == 401 || answer.json().ok().and_then(Said::of).is_some_and(lost)
}

/// The bytes of a file: base64 as it is, as JSON text, or inside `message`, `result` or `data` of an envelope.
pub(super) fn read_file(answer: &Answer) -> Result<Vec<u8>, Failure> {
    let told = std::str::from_utf8(&answer.bytes).map_err(|_| answer.unreadable())?;
    let encoded = match serde_json::from_str(told) {
        Ok(Value::String(text)) => text,
        Ok(said @ Value::Object(_)) => {
            let (code, words) = (code_of(&said), text(&said, "message"));
            if !matches!(code.as_str(), "" | "0") {
                return Err(judge(code, &words).taken().err().unwrap_or_else(|| answer.unreadable()));
            }
            let held = ["result", "data"].map(|name| text(&said, name));
            held.into_iter().find(|text| !text.is_empty()).unwrap_or(words)
        }
        Ok(_) => return Err(answer.unreadable()),
        Err(_) => told.to_owned(),
    };
    let bytes = STANDARD.decode(encoded.trim()).map_err(|_| answer.unreadable())?;
    if bytes.is_empty() { Err(answer.unreadable()) } else { Ok(bytes) }
}

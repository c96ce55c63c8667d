//! What the portal answers, read leniently: codes come as numbers or texts, and the message tells the rest (wire.md §1.3).

use crate::{failure::Failure, loose_json::text, outgoing::Answer};
use secrecy::SecretString;
use serde_json::Value;

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
    /// Nothing when taken, otherwise the failure it is.
    pub(super) fn taken(self) -> Result<(), Failure> {
        let (code, words) = match self {
            Self::Taken => return Ok(()),
            Self::Known => (String::new(), "hồ sơ đã tồn tại".to_owned()),
            Self::Absent => (String::new(), "hồ sơ không tồn tại".to_owned()),
            Self::SessionLost => (String::new(), "phiên làm việc đã hết hạn".to_owned()),
            Self::Refused(code, words) => (code, words),
        };
        Err(Failure::fail(format!("the national portal refused: {words} (code {code})")))
    }
}

/// Code 0 and nothing about an existing record is success; everything else is sorted by its words.
pub(super) fn judge(answer: &Answer) -> Result<Verdict, Failure> {
    if answer.status == 401 {
        return Ok(Verdict::SessionLost);
    }
    let said: Value = answer.json()?;
    let (code, words) = (text(&said, "error_code"), text(&said, "message"));
    if code.is_empty() {
        return Err(answer.unreadable());
    }
    let folded = words.to_lowercase();
    Ok(match () {
        () if folded.contains("đã tồn tại") => Verdict::Known,
        () if code == "0" => Verdict::Taken,
        () if folded.contains("session") || folded.contains("phiên") => Verdict::SessionLost,
        () if folded.contains("không tồn tại") || folded.contains("không tìm thấy") => {
            Verdict::Absent
        }
        () => Verdict::Refused(code, words.chars().take(200).collect()),
    })
}

/// The session out of the answer to a login.
pub(super) fn read_session(answer: &Answer) -> Result<SecretString, Failure> {
    let said: Value = answer.json()?;
    let (code, session) = (text(&said, "error_code"), text(&said, "session"));
    match code.as_str() {
        "0" if !session.is_empty() => Ok(SecretString::from(session)),
        "" | "0" => Err(answer.unreadable()),
        _ => Err(Failure::fail(format!("the national portal refused the login (code {code})"))),
    }
}

/// Whether the answer to a look-up carries any record.
pub(super) fn holds_any(answer: &Answer) -> Result<bool, Failure> {
    let said: Value = answer.json()?;
    Ok(match said.get("result") {
        Some(Value::Array(found)) => !found.is_empty(),
        Some(Value::Object(found)) => !found.is_empty(),
        Some(Value::String(found)) => !found.is_empty(),
        _ => false,
    })
}

//! Codes of agencies: old (QCVN 102:2016), new (QĐ 20/2020) and the others (C-01..C-08).

use crate::codes::malformed::{Malformed, capitals, digits};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The electronic code of an agency (mã định danh điện tử).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationCode {
    text: String,
    scheme: Scheme,
}

/// Which rule a code follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// `001.05.15.H03`, read from right to left (C-01).
    Old,
    /// `H15.50.05.13`, at most 35 characters (C-02).
    New,
    /// `Z01` and up to 32 characters (C-04).
    Other,
}

const LONGEST_NEW: usize = 35;

impl OrganisationCode {
    /// Reads a code of any scheme; the text is taken as it stands, neither trimmed nor upper-cased.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        if text.len() > LONGEST_NEW {
            return Err(Malformed::TooLong(LONGEST_NEW));
        }
        let scheme = scheme_of(text).ok_or(Malformed::Shape("H15.50.05.13"))?;
        Ok(Self { text: text.to_owned(), scheme })
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The rule it follows.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The level-1 code, such as the province's `H03`; for other schemes the scheme id.
    pub fn top(&self) -> &str {
        let top = match self.scheme {
            Scheme::Old => self.text.rsplit('.').next(),
            Scheme::New => self.text.split('.').next(),
            Scheme::Other => self.text.get(..3),
        };
        top.unwrap_or(&self.text)
    }

    /// Default new code of an old one: groups turned round, zero groups dropped (`001.05.15.H03` becomes
    /// `H03.15.05.001`). Only a proposal: the mapping is a table, confirmed unit by unit (C-07).
    pub fn turned_round(&self) -> Option<Self> {
        if self.scheme != Scheme::Old {
            return None;
        }
        let groups: Vec<&str> = self.text.rsplit('.').filter(|g| g.bytes().any(|b| b != b'0')).collect();
        Self::parse(&groups.join(".")).ok()
    }
}

fn scheme_of(text: &str) -> Option<Scheme> {
    if is_old(text) {
        return Some(Scheme::Old);
    }
    if is_new(text) {
        return Some(Scheme::New);
    }
    is_other(text).then_some(Scheme::Other)
}

/// `^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Y]\d{2}$` (C-05).
fn is_old(text: &str) -> bool {
    let group = |g: &str, n: usize| g.len() == n && capitals(g);
    match text.split('.').collect::<Vec<_>>().as_slice() {
        [v, z, y, top] => group(v, 3) && group(z, 2) && group(y, 2) && is_top(top),
        _ => false,
    }
}

/// `^[A-Y]\d{2}(\.[0-9A-Z]+)*$` (C-05).
fn is_new(text: &str) -> bool {
    let mut groups = text.split('.');
    groups.next().is_some_and(is_top) && groups.all(capitals)
}

/// `^Z\d{2}[0-9A-Z.]{1,32}$` (C-05).
fn is_other(text: &str) -> bool {
    let rest = text.strip_prefix('Z').and_then(|t| t.split_at_checked(2));
    rest.is_some_and(|(id, body)| {
        digits(id, 2) && (1..=32).contains(&body.len()) && body.bytes().all(|b| b == b'.' || capital(b))
    })
}

fn is_top(group: &str) -> bool {
    let mut letters = group.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase() && c != 'Z') && digits(letters.as_str(), 2)
}

fn capital(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}

impl fmt::Display for OrganisationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for OrganisationCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<OrganisationCode> for String {
    fn from(code: OrganisationCode) -> Self {
        code.text
    }
}

//! Codes of procedures (mã TTHC): the national short form, with or without the agency that publishes it.

use crate::codes::malformed::{Malformed, digits};
use crate::codes::organisation::{OrganisationCode, Scheme};
use serde::{Deserialize, Serialize};
use std::fmt;

/// `1.001193`, or `1.001193.000.00.00.H03` for the version of one agency (law.md §2.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProcedureCode {
    national: String,
    publisher: Option<OrganisationCode>,
}

const EXAMPLE: Malformed = Malformed::Shape("1.001193 hoặc 1.001193.000.00.00.H03");

impl ProcedureCode {
    /// Reads `^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?$`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        let (national, rest) = text.split_at_checked(8).ok_or(EXAMPLE)?;
        let well_formed = national.split_once('.').is_some_and(|(g, n)| digits(g, 1) && digits(n, 6));
        let publisher = match rest.strip_prefix('.') {
            _ if !well_formed => return Err(EXAMPLE),
            None if rest.is_empty() => None,
            None => return Err(EXAMPLE),
            Some(code) => Some(publisher(code).ok_or(EXAMPLE)?),
        };
        Ok(Self { national: national.to_owned(), publisher })
    }

    /// The national short form, the same whoever publishes it.
    pub fn national(&self) -> &str {
        &self.national
    }

    /// Whose version it is.
    pub fn publisher(&self) -> Option<&OrganisationCode> {
        self.publisher.as_ref()
    }
}

/// An old code whose lower groups are digits.
fn publisher(code: &str) -> Option<OrganisationCode> {
    let parsed = OrganisationCode::parse(code).ok().filter(|c| c.scheme() == Scheme::Old)?;
    let (lower, _) = code.rsplit_once('.')?;
    lower.bytes().all(|b| b == b'.' || b.is_ascii_digit()).then_some(parsed)
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.national)?;
        self.publisher.iter().try_for_each(|p| write!(f, ".{p}"))
    }
}

impl TryFrom<String> for ProcedureCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<ProcedureCode> for String {
    fn from(code: ProcedureCode) -> Self {
        code.to_string()
    }
}

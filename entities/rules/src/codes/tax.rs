//! Tax codes (mã số thuế): 10 digits, 13 for a branch, and since 01/07/2025 the 12-digit personal id.

use crate::codes::identity::PersonalId;
use crate::codes::malformed::{Malformed, digits};
use serde::{Deserialize, Serialize};

/// A tax code, a branch always written `NNNNNNNNNN-NNN`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxCode(String);

const EXAMPLE: Malformed = Malformed::Shape("0100233488 hoặc 0314409058-002");
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

impl TaxCode {
    /// Reads 10 digits with their check digit, 10 + 3 with or without the hyphen (branches 001 to 999), or
    /// 12 digits of a personal id (TT 86/2024/TT-BTC).
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        if digits(text, 12) {
            return PersonalId::parse(text).map(|id| Self(id.into()));
        }
        let (main, rest) = text.split_at_checked(10).filter(|(main, _)| digits(main, 10)).ok_or(EXAMPLE)?;
        let branch = rest.strip_prefix('-').unwrap_or(rest);
        let is_branch = digits(branch, 3) && branch != "000";
        if !rest.is_empty() && !is_branch {
            return Err(EXAMPLE);
        }
        if !has_check_digit(main) {
            return Err(Malformed::CheckDigit);
        }
        Ok(Self(if is_branch { format!("{main}-{branch}") } else { main.to_owned() }))
    }

    /// The code as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The tenth digit is 10 less the weighted sum modulo 11; a remainder of 0 leaves no valid digit.
fn has_check_digit(ten: &str) -> bool {
    let mut numbers = ten.bytes().map(|b| u32::from(b.saturating_sub(b'0')));
    let sum: u32 = WEIGHTS.iter().zip(numbers.by_ref()).map(|(w, d)| w * d).sum();
    numbers.next() == Some(10 - sum % 11)
}

impl TryFrom<String> for TaxCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<TaxCode> for String {
    fn from(code: TaxCode) -> Self {
        code.0
    }
}

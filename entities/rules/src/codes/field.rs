//! Codes of fields of work (mã lĩnh vực): the level-1 agency that runs the field, and a code of its own.

use crate::codes::malformed::{Malformed, capitals, digits};
use serde::{Deserialize, Serialize};

/// `G15-HT01`: level-1 code, hyphen, up to ten capitals and digits (TT 01/2018 Đ20).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldCode(String);

const EXAMPLE: Malformed = Malformed::Shape("G15-HT01");
const LONGEST_OWN: usize = 10;

impl FieldCode {
    /// Reads `^[A-Y]\d{2}-[0-9A-Z]{1,10}$`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        let (agency, own) = text.split_once('-').ok_or(EXAMPLE)?;
        let level_one = agency.strip_prefix(|c| matches!(c, 'A'..='Y')).is_some_and(|rest| digits(rest, 2));
        let fits = capitals(own) && own.len() <= LONGEST_OWN;
        if level_one && fits { Ok(Self(text.to_owned())) } else { Err(EXAMPLE) }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Level-1 code of the agency that runs the field.
    pub fn agency(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl TryFrom<String> for FieldCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<FieldCode> for String {
    fn from(code: FieldCode) -> Self {
        code.0
    }
}

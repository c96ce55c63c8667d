//! Codes of places: administrative units by level, and locations (law.md §2.3).

use crate::codes::malformed::{Malformed, digits};
use serde::{Deserialize, Serialize};

/// Level of an administrative unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceLevel {
    /// Province or city under the government: 2 digits.
    Province,
    /// District, until 30/06/2025: 3 digits.
    District,
    /// Commune, ward, township, special zone: 5 digits.
    Commune,
}

/// Code of an administrative unit (QĐ 124/2004, QĐ 19/2025); a number outlives its place and may be given again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceCode(String);

/// Code of a location (mã định danh địa điểm, NĐ 326/2026): 12 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocationId(String);

impl PlaceLevel {
    /// Digits of a code of this level.
    pub fn digits(self) -> usize {
        match self {
            Self::Province => 2,
            Self::District => 3,
            Self::Commune => 5,
        }
    }

    /// The level above; none for a province. A commune lies in a district or, since 01/07/2025, in a province.
    pub fn above(self) -> &'static [Self] {
        match self {
            Self::Province => &[],
            Self::District => &[Self::Province],
            Self::Commune => &[Self::District, Self::Province],
        }
    }
}

impl PlaceCode {
    /// Reads 2, 3 or 5 digits.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        let fits = [2, 3, 5].iter().any(|n| digits(text, *n));
        if fits { Ok(Self(text.to_owned())) } else { Err(Malformed::Shape("01840")) }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level, told from the number of digits.
    pub fn level(&self) -> PlaceLevel {
        match self.0.len() {
            2 => PlaceLevel::Province,
            3 => PlaceLevel::District,
            _ => PlaceLevel::Commune,
        }
    }
}

impl LocationId {
    /// Reads exactly 12 digits; no public rule says more.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match (text.is_empty(), digits(text, 12)) {
            (true, _) => Err(Malformed::Empty),
            (_, true) => Ok(Self(text.to_owned())),
            _ => Err(Malformed::Shape("190018400123")),
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PlaceCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<PlaceCode> for String {
    fn from(code: PlaceCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for LocationId {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<LocationId> for String {
    fn from(id: LocationId) -> Self {
        id.0
    }
}

//! Codes of dossiers: `unit-YYMMDD-number`, one series per receiving unit and local day (C-10..C-14).

use crate::codes::malformed::{Malformed, digits};
use crate::codes::organisation::OrganisationCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest code any system of the field was seen to send (C-12).
pub const LONGEST_DOSSIER_CODE: usize = 50;

/// Key of the series a code is drawn from: the unit's code and the local date of submission, such as
/// `H15.50.05.13-261008`. Numbers of a series begin at 1 on each local day (C-13).
pub fn series_prefix(unit_code: &str, date: NaiveDate) -> String {
    format!("{unit_code}-{}", date.format("%y%m%d"))
}

/// The code of the `number`-th dossier of a series: four digits, growing past 9999 (C-10, C-13).
pub fn format(prefix: &str, number: u32) -> String {
    format!("{prefix}-{number:04}")
}

/// A dossier code, ours or another system's; compared and kept as the text it came as.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DossierCode(String);

/// What a dossier code says when it follows the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierCodeParts {
    /// Receiving unit, old or new code.
    pub unit: OrganisationCode,
    /// Local day of the series.
    pub date: NaiveDate,
    /// Order within the day; for a ministry's system the ministry's prefix is part of it.
    pub number: u32,
    /// Who gave the code.
    pub origin: Origin,
}

/// Who gave a dossier code, told from the length of the number (C-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A provincial system: four digits, five after an overflow.
    Province,
    /// A ministry's central system: six or seven digits beginning with the ministry's two.
    Ministry(u8),
}

impl DossierCode {
    /// Reads a code; one that does not follow the rule is foreign and taken as opaque (C-12). Refused are
    /// only empty and over-long ones and those with spaces or control characters.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.is_empty() {
            return Err(Malformed::Empty);
        }
        if text.chars().count() > LONGEST_DOSSIER_CODE {
            return Err(Malformed::TooLong(LONGEST_DOSSIER_CODE));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Malformed::Shape("H15.50.05.13-261008-0975"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the code says; none for a foreign code.
    pub fn parts(&self) -> Option<DossierCodeParts> {
        let mut groups = self.0.rsplitn(3, '-');
        let (number, date, unit) = (groups.next()?, groups.next()?, groups.next()?);
        Some(DossierCodeParts {
            unit: OrganisationCode::parse(unit).ok()?,
            date: day(date)?,
            origin: origin(number)?,
            number: number.parse().ok()?,
        })
    }
}

/// `261008`: years 2000 to 2099.
fn day(text: &str) -> Option<NaiveDate> {
    if !digits(text, 6) {
        return None;
    }
    let (year, rest) = text.split_at_checked(2)?;
    let (month, day) = rest.split_at_checked(2)?;
    NaiveDate::from_ymd_opt(2000 + year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn origin(number: &str) -> Option<Origin> {
    match number.len() {
        n @ 4..=5 if digits(number, n) => Some(Origin::Province),
        n @ 6..=7 if digits(number, n) => Some(Origin::Ministry(number.get(..2)?.parse().ok()?)),
        _ => None,
    }
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DossierCode {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<DossierCode> for String {
    fn from(code: DossierCode) -> Self {
        code.0
    }
}

//! Catalogues from files: units, places, procedures and calendars, read with every error told by its line.
//!
//! The format is described in `docs/seed-format.md`.

mod calendars;
mod children;
mod digitising;
mod fees;
pub mod importing;
mod located;
pub mod places;
mod placing;
mod procedures;
pub mod reading;
mod report;
pub mod shipped;
mod typing;
mod units;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rules::calendar::CalendarFile;
use rules::office_hours::OfficeHours;
use rules::papers::Target;
use rules::procedure::{Revision, Tier};
use std::fmt;

/// What one or several files say, each record with the place it was read from.
#[derive(Debug, Default)]
pub struct Seeds {
    /// Units in the order of the files.
    pub units: Vec<Located<UnitSeed>>,
    /// Which unit continues another.
    pub successors: Vec<Located<SuccessorSeed>>,
    /// Procedures; one record a revision.
    pub procedures: Vec<Located<ProcedureSeed>>,
    /// Calendars; one record a version.
    pub calendars: Vec<Located<CalendarFile>>,
    /// Places; one record for each stretch of days.
    pub places: Vec<Located<places::PlaceSeed>>,
    /// Which place continues another.
    pub place_successors: Vec<Located<places::PlaceSuccessorSeed>>,
    /// Further codes of units.
    pub unit_codes: Vec<Located<places::UnitCodeSeed>>,
    /// From which day on a tier digitises.
    pub digitisation_starts: Vec<Located<StartSeed>>,
    /// What the plans ask of old papers.
    pub digitisation_targets: Vec<Located<Target>>,
}

/// A record and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// File it was read from.
    pub file: String,
    /// Its first line, counted from 1.
    pub line: u64,
    /// The record.
    pub record: T,
}

/// One thing wrong in a seed file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeedError {
    /// File as it was named to the reader.
    pub file: String,
    /// Line, counted from 1.
    pub line: u64,
    /// What is wrong, for the person who edits the file.
    pub message: String,
}

/// A unit of the province (law.md §2.1).
#[derive(Debug, Clone, PartialEq)]
pub struct UnitSeed {
    /// Organisation code of QĐ 20/2020 (C-02).
    pub code: String,
    /// Organisation code of QCVN 102:2016 (C-01).
    pub old_code: Option<String>,
    /// Vietnamese name.
    pub name: String,
    /// Tier.
    pub tier: Tier,
    /// Code of the unit above; none for the province itself.
    pub parent: Option<String>,
    /// Code of the administrative unit: 2, 3 or 5 digits.
    pub place_code: String,
    /// Sessions of the day and of the Saturday desk.
    pub office_hours: OfficeHours,
    /// Has a one-stop desk.
    pub receives: bool,
    /// Address and telephone of the desk.
    pub contact: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

/// A unit and one of those that continue it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuccessorSeed {
    /// Code of the unit that ended.
    pub from: String,
    /// Code of the unit that continues it.
    pub to: String,
}

/// What a procedure says from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcedureSeed {
    /// National code such as `1.001193`.
    pub national_code: String,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force; open when absent.
    pub valid_to: Option<NaiveDate>,
    /// What it says.
    pub revision: Revision,
}

/// From which day on a tier digitises what it receives (D-03).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartSeed {
    /// The tier.
    pub tier: Tier,
    /// First local day.
    pub from: NaiveDate,
    /// Where it is written.
    pub source: String,
}

impl SeedError {
    pub(crate) fn new(file: &str, line: u64, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: line.max(1), message: message.into() }
    }
}

impl<T> Located<T> {
    /// An error at the first line of the record.
    fn error(&self, message: String) -> SeedError {
        SeedError::new(&self.file, self.line, message)
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

//! What the national database publishes about a procedure, in our words (wire.md §1.5, NĐ 63/2010 Đ8.2): read by a
//! connector, made into a draft of a revision here, published by a person.

mod differences;
mod merging;

pub use differences::{Difference, differences};
pub use merging::{Merged, Remark, merge};

use crate::procedure::{ApplicantKind, Channel};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A procedure as it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedProcedure {
    /// National procedure code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Organisation code of the agency that published it.
    pub published_by: String,
    /// Number of the decision that published it (`QUYETDINH`).
    pub decision: String,
    /// Whether it is published now (`TRANGTHAI` is 1).
    pub in_force: bool,
    /// Conditions (`YEUCAU`).
    pub conditions: String,
    /// Code and name of its fields.
    pub fields: Vec<(String, String)>,
    /// Levels at which it is done: 0 ministry, 1 province, 2 district, 3 commune.
    pub levels: Vec<u8>,
    /// Steps of the citizen and the agency, in words.
    pub steps: Vec<String>,
    /// Ways to hand it in, each with its own time and fee.
    pub ways: Vec<PublishedWay>,
    /// Who may ask for it, as far as we know the code; others are kept in words.
    pub applicants: Vec<ApplicantKind>,
    /// The same in the portal's own words.
    pub applicants_in_words: Vec<String>,
    /// Papers, by case.
    pub cases: Vec<PublishedCase>,
    /// Results.
    pub results: Vec<PublishedResult>,
    /// Legal basis.
    pub legal_basis: Vec<LegalText>,
    /// Competent agencies: code and name.
    pub competent: Vec<(String, String)>,
}

/// A way of handing in with what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedWay {
    /// The way; none when the portal's code is not one we know.
    pub channel: Option<Channel>,
    /// Time as written, such as `10`.
    pub time: String,
    /// Its unit as written, such as `Ngày làm việc`.
    pub time_unit: String,
    /// What is said of it.
    pub description: String,
    /// Fees.
    pub fees: Vec<PublishedFee>,
}

/// A published fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFee {
    /// Code of the tariff.
    pub code: String,
    /// Sum in đồng; none when the portal writes no number.
    pub amount: Option<i64>,
    /// Its unit as written.
    pub unit: String,
    /// What is said of it.
    pub description: String,
}

/// The papers of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedCase {
    /// Which case.
    pub name: String,
    /// Its papers.
    pub papers: Vec<PublishedPaper>,
}

/// A paper to hand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPaper {
    /// National code of the component (`MAGIAYTO`).
    pub code: String,
    /// Name.
    pub name: String,
    /// Originals.
    pub originals: u32,
    /// Copies.
    pub copies: u32,
    /// Codes of results that may replace it (`MA_KQ_THAYTHE`).
    pub replaced_by: Vec<String>,
    /// Name of its form, where there is one.
    pub form: String,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedResult {
    /// National code (`MAKETQUA`).
    pub code: String,
    /// Name.
    pub name: String,
}

/// A legal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalText {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Day of issue, where it can be read.
    pub issued: Option<NaiveDate>,
    /// First day in force, where it can be read.
    pub in_force_from: Option<NaiveDate>,
}

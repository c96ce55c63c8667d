//! Types of papers (loại giấy tờ): how one is recognised, and which fields are read from it.

use serde::{Deserialize, Serialize};

/// A type of paper as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperReading {
    /// Code of the type (mã loại giấy tờ), as the components name it.
    pub code: String,
    /// Titles as they stand printed on such a paper; the first that is found names the type.
    #[serde(default)]
    pub titles: Vec<String>,
    /// What is read from it, in the order of the paper.
    #[serde(default)]
    pub fields: Vec<FieldRule>,
}

/// One field of a type of paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    /// Key of the field, such as `full_name`.
    pub name: String,
    /// Vietnamese words for the people who key it.
    pub vi: String,
    /// English words.
    pub en: String,
    /// What stands there.
    pub kind: FieldKind,
    /// Labels printed before or above the value; the first that is found counts.
    pub labels: Vec<String>,
    /// Below this a person looks, 0 to 100; none leaves it to the office's own threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_below: Option<u8>,
    /// A paper without it is looked at by a person.
    #[serde(default)]
    pub required: bool,
}

/// What kind of value a field holds; each is checked in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Any words.
    Text,
    /// A name of a person: letters only.
    Name,
    /// A day, kept as `YYYY-MM-DD`.
    Date,
    /// A personal id of 12 digits (số định danh cá nhân).
    PersonalId,
    /// Number and sign of a document (số, ký hiệu): no blanks.
    Number,
}

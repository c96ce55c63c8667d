//! Types of papers (loại giấy tờ): how one is recognised, and which fields are read from it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Labels of the parts of it, by names that fields say they stand under or above.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headings: BTreeMap<String, Vec<String>>,
    /// Other labels printed on it: a value ends before them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<String>,
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
    /// Labels printed before or above the value, those of older prints too; the first that is found counts. One that
    /// ends with a colon here must have one on the paper.
    pub labels: Vec<String>,
    /// What is printed behind or below a label in another language, without the stroke between them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gloss: Vec<String>,
    /// The heading or field in whose part of the paper, or below whose label in its column, this one stands; without
    /// that label it is not looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// Headings or fields before whose labels this one stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub above: Vec<String>,
    /// Lines that a value may take; one when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u8>,
    /// Whether the line of place and day (địa danh, ngày … tháng … năm …) counts where no label is found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dated: bool,
    /// What a value looks like that is printed without a label: `A` is a capital letter, `9` a digit. It counts where
    /// no label is found and one such value alone stands on the paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shapes: Vec<String>,
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
    /// A last day of validity, or the words that it has none (không thời hạn).
    Expiry,
    /// A year of four digits.
    Year,
    /// Nam or Nữ.
    Sex,
    /// A personal id of 12 digits (số định danh cá nhân).
    PersonalId,
    /// Number and sign of a document (số, ký hiệu): no blanks.
    Number,
}

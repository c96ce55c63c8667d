//! The parts a page is made of: fields, words, frames, tables, places to sign.

use serde::Serialize;

/// One part of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// Labels with what is filled in.
    Fields {
        /// The lines.
        fields: Vec<Field>,
    },
    /// A sentence or more; line breaks are kept.
    Words {
        /// The words.
        words: String,
    },
    /// Words that must be seen first, such as the appointment.
    Framed {
        /// Above.
        label: String,
        /// Below, larger.
        words: String,
    },
    /// A table.
    Table(Table),
    /// Who signs, side by side.
    Signatures {
        /// From left to right.
        signatures: Vec<Signature>,
    },
    /// How to look the dossier up, beside a code to be read by a telephone, and the small print.
    LookUp {
        /// Dossier code.
        code: String,
        /// Look-up secret (C-16).
        secret: String,
        /// Small print, one line each.
        remarks: Vec<String>,
    },
}

/// A label and what is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Before the colon.
    pub label: String,
    /// After it; a dotted line to write on when empty.
    pub value: String,
    /// Stands on the line of the field before it.
    pub beside: bool,
}

/// Columns and rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// From left to right.
    pub columns: Vec<Column>,
    /// As many cells as columns.
    pub rows: Vec<Vec<String>>,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Heading shared with neighbours of the same group; empty for a column of its own.
    pub group: String,
    /// Heading.
    pub title: String,
    /// Share of the width.
    pub weight: u8,
    /// Numbers and dates stand in the middle, words at the left.
    pub centred: bool,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Who signs here.
    pub title: String,
    /// How, in brackets.
    pub hint: String,
    /// Name below; may be empty.
    pub name: String,
}

/// A line with a label.
pub(super) fn field(label: &str, value: impl Into<String>) -> Field {
    Field { label: label.into(), value: value.into(), beside: false }
}

impl Field {
    /// The same, on the line of the field before it.
    pub(super) fn beside(self) -> Self {
        Self { beside: true, ..self }
    }
}

/// A paragraph.
pub(super) fn words(words: impl Into<String>) -> Block {
    Block::Words { words: words.into() }
}

/// A column of words of its own.
pub(super) fn column(title: &str, weight: u8) -> Column {
    Column { title: title.into(), weight, ..Column::default() }
}

/// A narrow column of numbers or dates below a shared heading; no group for an empty one.
pub(super) fn centred(group: &str, title: &str, weight: u8) -> Column {
    Column { group: group.into(), title: title.into(), weight, centred: true }
}

/// A place to sign with the name in full.
pub(super) fn signature(title: &str, name: &str) -> Signature {
    Signature { title: title.into(), hint: "(ký và ghi rõ họ tên)".into(), name: name.into() }
}

/// Both places to sign at a desk; `title` is what the officer does there.
pub(super) fn at_the_desk(submitter: &str, title: &str, officer: &str) -> Block {
    Block::Signatures {
        signatures: vec![signature("NGƯỜI NỘP HỒ SƠ", submitter), signature(title, officer)]
    }
}

/// Where the head of an agency signs and seals.
pub(super) fn by_the_head(title: &str, name: &str) -> Block {
    let title =
        if title.is_empty() { "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ".into() } else { title.to_uppercase() };
    let hint = "(ký, ghi rõ họ tên và đóng dấu)".into();
    let empty = Signature { title: String::new(), hint: String::new(), name: String::new() };
    Block::Signatures { signatures: vec![empty, Signature { title, hint, name: name.into() }] }
}

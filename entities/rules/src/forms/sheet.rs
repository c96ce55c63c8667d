//! A form as a page that can be set: headings, fields, tables, signatures; print and preview read the same.

use super::content::{Body, Content};
use super::phrases;
use crate::local_time::local_date;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 148 × 210 mm.
    A5,
    /// 297 × 210 mm.
    A4Across,
}

/// A page, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// What it is printed on.
    pub paper: Paper,
    /// `Mẫu số 01`.
    pub form: String,
    /// Agency in one or two lines.
    pub agency: String,
    /// Its desk in one or two lines; may be empty.
    pub desk: String,
    /// `Số: 12/TNHS`; empty for a form without a number.
    pub number: String,
    /// `Đức Xuân, ngày 10 tháng 3 năm 2026`.
    pub place_and_date: String,
    /// Title.
    pub title: String,
    /// Line below the title; may be empty.
    pub subtitle: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

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

impl Content {
    /// The page of this form.
    pub fn sheet(&self) -> Sheet {
        let (subtitle, blocks) = match &self.body {
            Body::Receipt(body) => (String::new(), body.blocks(self)),
            Body::SupplementRequest(body) => (String::new(), body.blocks()),
            Body::Refusal(body) => (String::new(), body.blocks(self)),
            Body::Apology(body) => (String::new(), body.blocks(self)),
            Body::StopNotice(body) => (String::new(), body.blocks(self)),
            Body::ControlSlip(body) => (String::new(), body.blocks()),
            Body::Register(body) => (body.period(), body.blocks()),
        };
        Sheet {
            paper: self.paper(),
            form: format!("Mẫu số {:02}", self.form_number),
            agency: headed(&self.agency),
            desk: headed(&self.desk),
            number: self.numbered(),
            place_and_date: dated(&self.place, self.issued_at),
            title: self.title.clone(),
            subtitle,
            blocks,
        }
    }

    /// Số of the form; the marks behind the stroke but HDHS are this program's own.
    fn numbered(&self) -> String {
        let mark = match self.body {
            Body::Receipt(_) => "TNHS",
            Body::SupplementRequest(_) => "HDHS",
            Body::Refusal(_) => "TCHS",
            Body::Apology(_) => "XLHS",
            Body::StopNotice(_) => "TB-DHS",
            Body::ControlSlip(_) => "KSHS",
            Body::Register(_) => return String::new(),
        };
        if self.number == 0 {
            format!("Số: ……/{mark}")
        } else {
            format!("Số: {:02}/{mark}", self.number)
        }
    }
}

/// A long name of an agency breaks before its tier, that of a desk in its middle, so that no word stands alone.
fn headed(name: &str) -> String {
    const BREAKS: [&str; 7] =
        [" phường ", " xã ", " thị trấn ", " huyện ", " thành phố ", " tỉnh ", " và Trả kết quả"];
    let cut = BREAKS.iter().filter_map(|part| name.rfind(part)).max().filter(|_| name.chars().count() > 24);
    match cut.and_then(|cut| name.split_at_checked(cut)) {
        Some((before, after)) => format!("{before}\n{}", after.trim_start()),
        None => name.into(),
    }
}

fn dated(place: &str, at: DateTime<Utc>) -> String {
    let day = phrases::day(local_date(at));
    if place.is_empty() { format!("……………, {day}") } else { format!("{place}, {day}") }
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

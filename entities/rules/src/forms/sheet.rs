//! A form as a page that can be set: print and preview read the same.

use super::block::Block;
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

impl Content {
    /// Sheet it is printed on (TT 01/2018 Đ9): A5, the register A4 across.
    pub fn paper(&self) -> Paper {
        match self.body {
            Body::Register(_) => Paper::A4Across,
            _ => Paper::A5,
        }
    }
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

impl Content {
    /// The page of this form.
    pub fn sheet(&self) -> Sheet {
        let (subtitle, blocks) = match &self.body {
            Body::Receipt(body) => (String::new(), body.blocks(&self.issued)),
            Body::SupplementRequest(body) => (String::new(), body.blocks()),
            Body::Refusal(body) => (String::new(), body.blocks(&self.issued)),
            Body::Apology(body) => (String::new(), body.blocks(&self.issued)),
            Body::StopNotice(body) => (String::new(), body.blocks(&self.issued)),
            Body::ControlSlip(body) => (String::new(), body.blocks()),
            Body::Register(body) => (body.period(), body.blocks()),
        };
        Sheet {
            paper: self.paper(),
            form: format!("Mẫu số {:02}", self.form_number),
            agency: headed(&self.issued.agency),
            desk: headed(&self.issued.desk),
            number: self.numbered(),
            place_and_date: dated(&self.issued.place, self.issued.at),
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
        if self.issued.number == 0 {
            format!("Số: ……/{mark}")
        } else {
            format!("Số: {:02}/{mark}", self.issued.number)
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

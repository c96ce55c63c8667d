//! Sổ theo dõi hồ sơ: the book of a unit, one line a dossier received, opened by the year (L-56).

use super::block::{Block, Column, Table, by_the_head, centred, column};
use super::phrases;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What the register says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// In the order of reception.
    pub lines: Vec<RegisterLine>,
}

/// One dossier of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterLine {
    /// Number in the book, as on the receipt; 0 when it has none.
    pub number: u32,
    /// Mã số hồ sơ.
    pub code: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Number of sets.
    pub sets: u8,
    /// Person or organisation.
    pub applicant: String,
    /// Address and telephone.
    pub contact: String,
    /// Unit that decides.
    pub authority: String,
    /// Received.
    pub received_at: DateTime<Utc>,
    /// Due.
    pub due_at: Option<DateTime<Utc>>,
    /// Sent on to the unit that decides.
    pub forwarded_at: Option<DateTime<Utc>>,
    /// The result came back to the desk.
    pub decided_at: Option<DateTime<Utc>>,
    /// Handed over.
    pub returned_at: Option<DateTime<Utc>>,
    /// Key of how the result goes back.
    pub return_method: String,
    /// What else is to be known, such as a stop.
    pub note: String,
}

impl Register {
    /// `Từ ngày … đến ngày …`.
    pub(super) fn period(&self) -> String {
        format!("Từ {} đến {}", phrases::day(self.from), phrases::day(self.to))
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let rows = self.lines.iter().map(RegisterLine::row).collect();
        let total = format!("Cộng: {} hồ sơ.", self.lines.len());
        vec![
            Block::Table(Table { columns: columns(), rows }),
            Block::Words { words: total },
            by_the_head("Người lập sổ", ""),
        ]
    }
}

impl RegisterLine {
    fn row(&self) -> Vec<String> {
        let on = |at: Option<DateTime<Utc>>| at.map_or_else(String::new, phrases::short_day);
        let returned = self.returned_at.map_or("", |_| phrases::return_method(&self.return_method));
        vec![
            if self.number == 0 { String::new() } else { self.number.to_string() },
            self.code.clone(),
            self.procedure.clone(),
            self.sets.to_string(),
            self.applicant.clone(),
            self.contact.clone(),
            self.authority.clone(),
            phrases::short_moment(self.received_at),
            self.due_at.map_or_else(String::new, phrases::short_moment),
            on(self.forwarded_at),
            on(self.decided_at),
            on(self.returned_at),
            returned.into(),
            String::new(),
            self.note.clone(),
        ]
    }
}

fn columns() -> Vec<Column> {
    let (dates, returned) = ("Ngày, tháng, năm", "Trả kết quả");
    vec![
        centred("", "TT", 3),
        column("Mã hồ sơ", 11),
        column("Tên thủ tục hành chính", 13),
        centred("", "Số bộ", 3),
        column("Tên cá nhân, tổ chức", 9),
        column("Địa chỉ, số điện thoại", 11),
        column("Cơ quan chủ trì giải quyết", 10),
        centred(dates, "Nhận hồ sơ", 7),
        centred(dates, "Hẹn trả kết quả", 7),
        centred(dates, "Chuyển cơ quan giải quyết", 7),
        centred(dates, "Nhận kết quả", 7),
        centred(returned, "Ngày trả", 7),
        column("Phương thức", 8).below(returned),
        column("Ký nhận", 5).below(returned),
        column("Ghi chú", 7),
    ]
}

impl Column {
    fn below(self, group: &str) -> Self {
        Self { group: group.into(), ..self }
    }
}
